# Two stages: build a virtual environment from the lock file, then copy it into a slim image that runs as nobody.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY locales locales
RUN UV_PROJECT_ENVIRONMENT=/opt/daylark uv sync --frozen --no-dev --no-editable --compile-bytecode

FROM python:3.13-slim
COPY --from=build /opt/daylark /opt/daylark
RUN useradd --system --create-home --home-dir /var/lib/daylark daylark
USER daylark
WORKDIR /var/lib/daylark
ENV PATH=/opt/daylark/bin:$PATH DAYLARK_HOST=0.0.0.0 DAYLARK_PORT=8421 DAYLARK_DATABASE_URL=sqlite:////var/lib/daylark/daylark.db
EXPOSE 8421
HEALTHCHECK --interval=15s --timeout=3s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8421/healthz', timeout=2)"]
CMD ["daylark", "serve"]
