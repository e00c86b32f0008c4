# syntax=docker/dockerfile:1
FROM node:24-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci
COPY src/cli/build-page.ts src/cli/build-page.ts
COPY src/page src/page
COPY src/sandbox/seen.ts src/sandbox/seen.ts
RUN node src/cli/build-page.ts

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node 24: the one that npm would bring along is left out with the optional packages.
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim
# What is compiled is kept between starts: a bot that was killed is back in half the time.
ENV NODE_ENV=production HOST=0.0.0.0 NODE_COMPILE_CACHE=/tmp/compiled
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules node_modules
COPY --from=page /app/dist dist
COPY src src
COPY scrapers scrapers
COPY data/sample data/sample
RUN mkdir -p data/var && chown -R node:node data/var
USER node
VOLUME /app/data/var
EXPOSE 3000
# Node gets SIGTERM itself: no shell and no npm between it and the engine.
CMD ["node", "src/main.ts"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
