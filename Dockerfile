# SpexStream in a container. By default the full profile; every switch of README.md is a build argument:
#   docker build -t spexstream .
#   docker build -t spexstream --build-arg SPEX_ACTORS=none --build-arg SPEX_MQTT=own --build-arg SPEX_METRICS=own \
#     --build-arg SPEX_ORT=npm --build-arg SPEX_GDAL=system .                                    (the minimal profile)
# A site with package sources of its own gives its NuGet and npm configurations as secrets; no layer keeps them:
#   --secret id=nuget,src=nuget.config --secret id=npm,src=.npmrc
# SDK_IMAGE and BASE_IMAGE can be any image with the .NET 10 SDK on Debian or Ubuntu, and any with glibc 2.36 or newer.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG BASE_IMAGE=debian:12-slim
ARG SPEX_ACTORS=akka
ARG SPEX_MQTT=mqttnet
ARG SPEX_METRICS=prometheus-net
ARG SPEX_ORT=nuget
ARG SPEX_GDAL=maxrev
# on: with the provider of graphics cards; BASE_IMAGE then has to bring its CUDA and cuDNN.
ARG SPEX_CUDA=off

FROM ${SDK_IMAGE} AS build
ARG SPEX_ORT
# From npm come ONNX Runtime's sources and libraries.
RUN if [ "$SPEX_ORT" = npm ] && ! command -v npm >/dev/null; then \
        apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*; \
    fi
WORKDIR /source
COPY . .
ARG SPEX_ACTORS
ARG SPEX_MQTT
ARG SPEX_METRICS
ARG SPEX_GDAL
ARG SPEX_CUDA
# Together with the runtime and compiled ahead of time: the last stage needs no .NET, and a start is twice as fast. What
# is asked for here and cannot be had ends the build, and so does a publish that left the runtime out.
RUN --mount=type=secret,id=nuget --mount=type=secret,id=npm \
    if [ -f /run/secrets/nuget ]; then mkdir -p ~/.nuget/NuGet; ln -sf /run/secrets/nuget ~/.nuget/NuGet/NuGet.Config; fi; \
    [ ! -f /run/secrets/npm ] || export NPM_CONFIG_USERCONFIG=/run/secrets/npm; \
    bash eng/bootstrap.sh "SpexActors=$SPEX_ACTORS" "SpexMqtt=$SPEX_MQTT" "SpexMetrics=$SPEX_METRICS" \
        "SpexOrt=$SPEX_ORT" "SpexGdal=$SPEX_GDAL" "SpexCuda=$SPEX_CUDA" \
    && bash -c '. eng/lib.sh && publish' \
    && test -f artifacts/run/libcoreclr.so

FROM ${BASE_IMAGE}
ARG SPEX_GDAL
# Debian 12 has GDAL 3.6, the version that SpexStream is tested with; the full profile brings its own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libssl3 libstdc++6 \
        $([ "$SPEX_GDAL" = maxrev ] || echo libgdal32) \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 spexstream \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/spexstream --no-create-home --shell /usr/sbin/nologin \
        spexstream \
    && install -d -o spexstream -g spexstream -m 750 /var/lib/spexstream \
    && install -d -o spexstream -g spexstream /srv/products \
    && install -d /srv/incoming
COPY --from=build /source/artifacts/run /opt/spexstream
# Nothing is written below / but in the volumes and /tmp: run it with --read-only --tmpfs /tmp.
ENV PATH=/opt/spexstream:$PATH \
    DOTNET_EnableDiagnostics=0 \
    SPEX_DATA=/var/lib/spexstream \
    SPEX_OUT=/srv/products \
    SPEX_ALLOW__0=/srv/incoming \
    SPEX_HTTPADDRESS=0.0.0.0
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/spexstream
VOLUME ["/var/lib/spexstream", "/srv/products"]
EXPOSE 8090
# SIGTERM drains; it takes up to 2 x StopSeconds + 10 s (docs/deploy.md).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 CMD ["/opt/spexstream/spexstream", "health"]
ENTRYPOINT ["/opt/spexstream/spexstream"]
CMD ["run"]
