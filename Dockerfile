# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY package.json .env.example LICENSE ./
COPY src src
COPY scrapers scrapers
COPY data/sample data/sample
RUN mkdir -p data/var && chown -R node:node data/var
USER node
VOLUME /app/data/var
EXPOSE 3000
# Node gets SIGTERM itself: no shell and no npm between it and the engine.
CMD ["node", "src/main.ts"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
