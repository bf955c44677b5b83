# The simulator as an image: linux/amd64 and linux/arm64. Build it from a clone: docker build -t jft-simulator .
FROM node:22-bookworm-slim AS build
WORKDIR /clone
COPY . .
RUN mkdir /packed \
 && npm pack --pack-destination /packed \
 && npm install --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --prefix /app /packed/jft-simulator-*.tgz

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    JFTSIM_HOST=0.0.0.0 \
    JFTSIM_PORT=7357
COPY --from=build /app /app
USER node
WORKDIR /home/node
EXPOSE 7357
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=5 \
  CMD ["node", "-e", "fetch(`http://localhost:${process.env.JFTSIM_PORT}/_sim/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/node_modules/jft-simulator/dist/cli/main.js"]
CMD ["start"]
