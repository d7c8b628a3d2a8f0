package dev.sluice.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.sluice.api.config.Secret;
import dev.sluice.cli.Loopback;
import dev.sluice.engine.telemetry.LokiLogsConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LokiAppenderTest {
    private record Got(MultiMap headers, JsonObject stream) {
        List<String> lines() {
            return stream.getJsonArray("values").stream()
                    .map(entry -> ((io.vertx.core.json.JsonArray) entry).getString(1))
                    .toList();
        }

        JsonObject metadata() {
            return stream.getJsonArray("values").getJsonArray(0).getJsonObject(2);
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final LoggerContext logback = new LoggerContext();
    private final Logger log = logback.getLogger("sluice.receiver.otlp/a");
    private final LinkedBlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final AtomicLong undelivered = new AtomicLong();
    private final AtomicLong noRoom = new AtomicLong();
    private HttpServer loki;

    @BeforeEach
    void listen() {
        logback.setMDCAdapter(MDC.getMDCAdapter());
        loki = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    got.add(new Got(
                            request.headers(),
                            body.toJsonObject().getJsonArray("streams").getJsonObject(0)));
                    Integer status = statuses.poll();
                    if (status == null || status > 0) {
                        request.response()
                                .setStatusCode(status == null ? 204 : status)
                                .end();
                    }
                }))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void aLineHasItsLabelsItsFieldsAndTheResource() throws Exception {
        LokiAppender appender = appender(loki.actualPort(), Map.of("app", "gateway"));
        log.atWarn()
                .setCause(new IllegalStateException("broken"))
                .addKeyValue("http.route", "/x")
                .log("not \"good\"");
        appender.stop();

        Got push = got.poll(60, TimeUnit.SECONDS);
        assertThat(push.headers().get("x-scope-orgid")).isEqualTo("ops");
        assertThat(push.headers().get("authorization")).isEqualTo("Bearer token");
        assertThat(push.stream().getJsonObject("stream")).isEqualTo(new JsonObject(Map.of("app", "gateway")));
        assertThat(push.lines().getFirst())
                .startsWith("not \"good\"\njava.lang.IllegalStateException: broken\n\tat dev.sluice");
        assertThat(push.metadata())
                .isEqualTo(new JsonObject(Map.of(
                        "service_name",
                        "sluice",
                        "level",
                        "warn",
                        "logger",
                        "sluice.receiver.otlp/a",
                        "otelcol_component_id",
                        "otlp/a",
                        "otelcol_component_kind",
                        "receiver",
                        "http_route",
                        "/x",
                        "error",
                        "broken")));
    }

    @Test
    void withoutLabelsItIsTheServiceAndLongLinesAreCut() throws Exception {
        LokiAppender appender = appender(loki.actualPort(), Map.of());
        log.info("x".repeat(100_000));
        appender.stop();

        Got push = got.poll(60, TimeUnit.SECONDS);
        assertThat(push.stream().getJsonObject("stream").getString("service_name"))
                .isEqualTo("sluice");
        assertThat(push.metadata().containsKey("service_name")).isFalse();
        assertThat(push.lines().getFirst()).hasSize(32 * 1024);
    }

    @Test
    void whatIsRefusedForNowIsSentAgainAndWhatIsRefusedForGoodIsCounted() throws Exception {
        statuses.addAll(List.of(503, 204, 400));
        LokiAppender appender = appender(loki.actualPort(), Map.of());
        log.info("one");
        assertThat(got.poll(60, TimeUnit.SECONDS).lines()).containsExactly("one");
        assertThat(got.poll(60, TimeUnit.SECONDS).lines()).containsExactly("one");
        log.info("two");
        log.info("three");
        appender.stop();

        List<String> refused = new ArrayList<>();
        got.forEach(push -> refused.addAll(push.lines()));
        assertThat(refused).startsWith("two");
        assertThat(undelivered.get()).isPositive().isLessThanOrEqualTo(2);
        assertThat(noRoom).hasValue(0);
    }

    @Test
    void withoutALokiNobodyWaitsAndAllIsCounted() throws Exception {
        LokiAppender appender = appender(Loopback.freePort(), Map.of());
        for (int i = 0; i < 1000; i++) {
            log.info("line {}", i);
        }
        appender.stop();

        assertThat(undelivered).hasValue(1000);
        assertThat(noRoom).hasValue(0);
    }

    @Test
    void whatThereIsNoRoomForIsLostAndCounted() throws Exception {
        // No answer to the first, which gives way to another attempt.
        statuses.add(0);
        LokiAppender appender = appender(loki.actualPort(), Map.of());
        String line = "x".repeat(20_000);
        long logged = 0;
        while (noRoom.get() == 0) {
            log.info(logged++ + line);
        }
        appender.stop();

        // What had no answer has arrived twice.
        Set<String> arrived = new HashSet<>();
        got.forEach(push -> arrived.addAll(push.lines()));
        assertThat(got).hasSizeGreaterThan(1);
        assertThat(arrived.size() + noRoom.get() + undelivered.get()).isEqualTo(logged);
    }

    @Test
    void aCertificateThatCannotBeReadIsNamedWithTheReason() {
        LokiLogsConfig config = new LokiLogsConfig(
                "https://127.0.0.1:1/loki/api/v1/push", "", Map.of(), Map.of(), 1_000, 10, "/gone/ca.pem", "", "");
        assertThatThrownBy(() -> new LokiSender(config, vertx, undelivered::addAndGet))
                .hasMessage("service::telemetry::logs::loki: open /gone/ca.pem: no such file or directory");
    }

    private LokiAppender appender(int port, Map<String, String> labels) {
        LokiLogsConfig config = new LokiLogsConfig(
                "http://127.0.0.1:" + port + "/loki/api/v1/push",
                "ops",
                labels,
                Map.of("authorization", new Secret("Bearer token")),
                1_000,
                10,
                "",
                "",
                "");
        LokiSender sender = new LokiSender(config, vertx, undelivered::addAndGet);
        LokiAppender appender =
                new LokiAppender(config, Map.of("service.name", "sluice"), Level.WARN, sender, noRoom::addAndGet);
        appender.setContext(logback);
        appender.start();
        logback.getLogger("ROOT").addAppender(appender);
        return appender;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
