from abc import ABC
from langchain_core.embeddings import Embeddings
class Embedder(Embeddings, ABC):
    model_id: str
