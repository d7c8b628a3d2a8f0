# Sluice on a plain Java runtime. Build: docker build -t sluice .
FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q -Pfast -Dmaven.test.skip=true -Dsluice.tarball.skip=true -pl distribution -am package

FROM eclipse-temurin:25.0.3_9-jre-noble
LABEL org.opencontainers.image.title="Sluice" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/distribution/target/sluice /opt/sluice
# The start-up cache is made here, since nobody may write there later. What the container writes goes to volumes.
RUN /opt/sluice/bin/sluice --version && install -d -o 10001 -g 10001 /var/lib/sluice /var/lib/sluice/dashboards /var/lib/sluice/storage
USER 10001:10001
VOLUME /var/lib/sluice
EXPOSE 4317 4318 8888 13133
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/13133 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["/opt/sluice/bin/sluice"]
CMD ["--config", "/etc/sluice/config.yaml"]
