# One image for web, worker and beat. It does what the Makefile does, and nothing else.
FROM python:3.13-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 LANG=C.UTF-8
WORKDIR /srv/littlefoot

FROM base AS build
# The versions are those of the image's own Debian release.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
COPY Makefile requirements.lock requirements-dev.lock requirements-uv.lock requirements-node.lock ./
RUN make product
COPY . .
RUN make static && rm -rf .tools node_modules

FROM base
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/littlefoot --shell /usr/sbin/nologin littlefoot \
  && install --directory --owner littlefoot --group littlefoot /var/lib/littlefoot /var/lib/littlefoot/media
COPY --from=build /srv/littlefoot /srv/littlefoot
ENV PATH=/srv/littlefoot/.venv/bin:$PATH \
    HOME=/var/lib/littlefoot \
    STATIC_ROOT=/srv/littlefoot/staticfiles \
    MEDIA_ROOT=/var/lib/littlefoot/media
USER 10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600", "--no-ws", "--log-level", "warning", "config.wsgi:application"]
