FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json bundle.js ./
COPY src src
RUN npm run build

FROM node:24-bookworm-slim
ARG VERSION=unreleased
LABEL org.opencontainers.image.title="hubspot-campaigns-mock" \
      org.opencontainers.image.description="A local stand-in for HubSpot's Marketing Campaigns API" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    HUBSPOT_MOCK_HOST=0.0.0.0 \
    HUBSPOT_MOCK_FIXTURES=/fixtures
WORKDIR /app
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY fixtures fixtures
# The default fixture, until another folder is mounted.
COPY fixtures/default.yaml /fixtures/default.yaml
USER node
EXPOSE 4010
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --start-interval=250ms \
  CMD ["node", "/app/dist/cli.js", "ready"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
