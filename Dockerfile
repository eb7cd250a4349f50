FROM --platform=$BUILDPLATFORM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json bundle.js ./
COPY src src
RUN npm run build && mkdir /ca

FROM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS node

# Node, the libraries that it links to, and the mock: no npm, no package manager, no shell. It only copies files, so that
# an image for another architecture needs no emulation.
FROM scratch
ARG VERSION=unreleased
LABEL org.opencontainers.image.title="hubspot-campaigns-mock" \
      org.opencontainers.image.description="A local stand-in for HubSpot's Marketing Campaigns API" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    HUBSPOT_MOCK_HOST=0.0.0.0 \
    HUBSPOT_MOCK_FIXTURES=/fixtures
# Where an executable expects the loader: /lib64 on amd64, /lib on arm64.
COPY --from=node /usr/lib/*-linux-gnu/ld-linux-*.so.* /lib64/
COPY --from=node /usr/lib/*-linux-gnu/ld-linux-*.so.* \
                 /usr/lib/*-linux-gnu/libc.so.6 \
                 /usr/lib/*-linux-gnu/libdl.so.2 \
                 /usr/lib/*-linux-gnu/libgcc_s.so.1 \
                 /usr/lib/*-linux-gnu/libm.so.6 \
                 /usr/lib/*-linux-gnu/libpthread.so.0 \
                 /usr/lib/*-linux-gnu/libstdc++.so.6 \
                 /lib/
COPY --from=node /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY fixtures fixtures
# The default fixture, until another folder is mounted.
COPY fixtures/default.yaml /fixtures/default.yaml
# A place for --ca-file, which a volume can share with clients: a new volume takes the owner of the folder.
COPY --from=build --chown=1000:1000 /ca /ca
USER 1000:1000
EXPOSE 4010
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --start-interval=250ms \
  CMD ["/usr/local/bin/node", "/app/dist/cli.js", "ready"]
ENTRYPOINT ["/usr/local/bin/node", "/app/dist/cli.js"]
