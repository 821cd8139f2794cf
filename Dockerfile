# The page (8501) or, with another command, the service (`serve`). See docs/operations.md.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install --no-install-recommends --yes tesseract-ocr=5.3.* \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 boardpapers \
    && install --directory --owner boardpapers --mode 0700 /data

WORKDIR /app
COPY requirements.lock requirements-model.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && pip install --no-cache-dir --require-hashes --no-deps --requirement requirements-model.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

USER 10001
ENV BOARDPAPERS_STORE=/data/store \
    BOARDPAPERS_LOG=json \
    BOARDPAPERS_ROLE=public \
    PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "served.py", "--server.address=0.0.0.0", "--server.port=8501"]
