from assistant.assistant import Assistant

__all__ = ["Assistant"]
