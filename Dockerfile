# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# CI=true restores strictly by the lock files.
ENV CI=true
COPY Directory.Build.props Directory.Build.targets Directory.Packages.props global.json .editorconfig ./
COPY eng/BannedSymbols.txt eng/
COPY src/ src/
RUN dotnet publish src/SpexStream.Daemon/SpexStream.Daemon.csproj -c Release -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS dotnet

# Debian 12 has GDAL 3.6, the version that SpexStream is tested with; there is no .NET 10 image on it, so the runtime
# comes from the official one.
FROM debian:12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libgdal32 libssl3 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/spexstream --create-home spexstream \
    && install -d -o spexstream -g spexstream /srv/products \
    && install -d /srv/incoming
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
COPY --from=build /app /opt/spexstream
ENV DOTNET_ROOT=/usr/share/dotnet \
    DOTNET_EnableDiagnostics=0 \
    SPEX_DATA=/var/lib/spexstream \
    SPEX_OUT=/srv/products \
    SPEX_ALLOW__0=/srv/incoming \
    SPEX_HTTPADDRESS=0.0.0.0
USER spexstream
VOLUME ["/var/lib/spexstream", "/srv/products"]
EXPOSE 8090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD curl -fsS http://127.0.0.1:8090/health/live || exit 1
ENTRYPOINT ["/opt/spexstream/spexstream"]
CMD ["run"]
