# NOT YET RUN: no container engine was available where this was written. Please report what it needs.
FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/cts
COPY package.json package-lock.json .npmrc ./
COPY bin bin
# brings Node 24 with the other packages, as the lock file says
RUN node bin/setup.mjs
COPY . .
RUN useradd --system --home /var/lib/cts --create-home cts
USER cts
ENV DATA_DIR=/var/lib/cts HOST=0.0.0.0 PORT=3000 DEMO=0
EXPOSE 3000
STOPSIGNAL SIGTERM
ENTRYPOINT ["node_modules/.bin/node", "src/main.ts"]
CMD ["serve"]
