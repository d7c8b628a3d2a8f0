package dev.sluice.extensions.healthcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.ServiceInfo.Pipeline;
import dev.sluice.extensions.OnLoop;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.ConfigPath;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.GrpcHealth;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.HttpHealth;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.ResponseBody;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireWriter;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestServiceInfo;
import dev.sluice.transport.client.GrpcChannel;
import dev.sluice.transport.client.GrpcClientConfig;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.client.GrpcReply;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TlsConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manual clock starts when the service does. */
class HealthCheckTest {
    @Test
    void aReadyServiceIs200WithTheCollectorsBody() {
        try (OnLoop<HealthCheckExtension> running = running(HealthCheckConfig.DEFAULT, true)) {
            running.pass(Duration.ofMillis(3_723_500));
            HttpResponse<String> answer = running.get("/");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.headers().firstValue("connection")).contains("close");
            assertThat(answer.body())
                    .isEqualTo("{\"status\":\"Server available\",\"upSince\":\"2023-11-14T22:13:20Z\","
                            + "\"uptime\":\"1h2m3.5s\"}");
            assertThat(running.get("/any/path").statusCode()).isEqualTo(200);
            assertThat(running.send("POST", "/").statusCode()).isEqualTo(200);
            HttpResponse<String> head = running.send("HEAD", "/");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void aServiceThatIsNotReadyIs503() {
        try (OnLoop<HealthCheckExtension> running = running(HealthCheckConfig.DEFAULT, false)) {
            HttpResponse<String> answer = running.get("/");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .isEqualTo("{\"status\":\"Server not available\",\"upSince\":\"0001-01-01T00:00:00Z\","
                            + "\"uptime\":\"\"}");
        }
    }

    @Test
    void aBodyOfTheConfigurationAndAPathAreUsed() {
        HealthCheckConfig config = Configs.with(
                HealthCheckConfig.DEFAULT, "path", "/health", "response_body", new ResponseBody("fine", "unwell"));
        try (OnLoop<HealthCheckExtension> running = running(config, true)) {
            assertThat(running.get("/health").body()).isEqualTo("fine");
            assertThat(running.get("/health?x").body()).isEqualTo("fine");
            assertThat(running.get("/").statusCode()).isEqualTo(404);
            assertThat(running.get("/health/x").statusCode()).isEqualTo(404);
        }
        try (OnLoop<HealthCheckExtension> running = running(config, false)) {
            assertThat(running.get("/health").statusCode()).isEqualTo(503);
            assertThat(running.get("/health").body()).isEqualTo("unwell");
        }
    }

    @Test
    void theSecondVersionTellsStatusesOfPipelinesAndComponents() {
        HealthCheckConfig config = Configs.with(HealthCheckConfig.DEFAULT, "http", HttpHealth.DEFAULT);
        try (OnLoop<HealthCheckExtension> running = running(config, true)) {
            String ok =
                    "\"healthy\":true,\"status\":\"StatusOK\",\"status_time\":\"2023-11-14T22:13:20Z\",\"attributes\":{}";
            assertThat(running.get("/status").body()).isEqualTo("{\"start_time\":\"2023-11-14T22:13:20Z\"," + ok + "}");
            assertThat(running.get("/status?pipeline=traces%2Fedge&verbose").body())
                    .isEqualTo("{\"start_time\":\"2023-11-14T22:13:20Z\"," + ok + ",\"components\":{\"receiver:otlp\":{"
                            + ok + "},\"processor:batch\":{" + ok + "},\"exporter:debug\":{" + ok + "}}}");
            JsonObject all = new JsonObject(running.get("/status?verbose=true").body());
            assertThat(all.getJsonObject("components").fieldNames())
                    .containsExactly("extensions", "pipeline:traces/edge");
            assertThat(all.getJsonObject("components")
                            .getJsonObject("extensions")
                            .getJsonObject("components")
                            .fieldNames())
                    .containsExactly("extension:health_check");
            assertThat(running.get("/status?verbose=false").body()).doesNotContain("components");
            assertThat(running.get("/status?pipeline=extensions").statusCode()).isEqualTo(200);
            assertThat(running.get("/status?pipeline=metrics").statusCode()).isEqualTo(404);
            assertThat(running.get("/").statusCode()).isEqualTo(404);
        }
        try (OnLoop<HealthCheckExtension> running = running(config, false)) {
            assertThat(running.get("/status").statusCode()).isEqualTo(503);
            assertThat(running.get("/status").body()).contains("StatusStarting");
        }
    }

    @Test
    void aStatusPageThatIsOffIsNotThere() {
        HealthCheckConfig config = Configs.with(
                HealthCheckConfig.DEFAULT, "http", Configs.with(HttpHealth.DEFAULT, "status::enabled", false));
        try (OnLoop<HealthCheckExtension> running = running(config, true)) {
            assertThat(running.get("/status").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theGateMakesItTheSecondVersionAtTheFirstOnesAddress() {
        HealthCheckConfig config = Configs.with(HealthCheckConfig.DEFAULT, "path", "/health");
        try (OnLoop<HealthCheckExtension> running =
                running(config, true, Map.of("extension.healthcheck.useComponentStatus", true))) {
            assertThat(running.get("/health").body()).contains("StatusOK");
        }
    }

    @Test
    void grpcTellsOfTheWholeAndOfPipelines() {
        HealthCheckConfig config = Configs.with(
                HealthCheckConfig.DEFAULT, "grpc", Configs.with(GrpcHealth.DEFAULT, "endpoint", "127.0.0.1:0"));
        try (OnLoop<HealthCheckExtension> running = running(config, true)) {
            assertThat(check(running, "").body().toByteArray()).containsExactly(8, 1);
            assertThat(check(running, "traces/edge").body().toByteArray()).containsExactly(8, 1);
            assertThat(check(running, "extensions").code()).isEqualTo(GrpcCode.OK);
            GrpcReply unknown = check(running, "metrics");
            assertThat(unknown.code()).isEqualTo(GrpcCode.NOT_FOUND);
            assertThat(unknown.message()).isEqualTo("Service not found.");
            assertThat(call(running, "Check", new byte[] {10, 100}).code()).isEqualTo(GrpcCode.INVALID_ARGUMENT);
            assertThat(call(running, "Watch", new byte[0]).code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
        }
        try (OnLoop<HealthCheckExtension> running = running(config, false)) {
            assertThat(check(running, "").body().toByteArray()).containsExactly(8, 2);
        }
    }

    private static GrpcReply check(OnLoop<HealthCheckExtension> running, String service) {
        WireWriter request = new WireWriter(64);
        request.string(1, service);
        return call(running, "Check", request.toByteArray());
    }

    private static GrpcReply call(OnLoop<HealthCheckExtension> running, String method, byte[] message) {
        return running.with((extension, context) -> {
            GrpcChannel channel = new GrpcChannel(
                    Configs.with(
                            GrpcClientConfig.DEFAULT,
                            "endpoint",
                            "http://127.0.0.1:" + extension.grpcPort(),
                            "tls",
                            new ClientTlsConfig(TlsConfig.DEFAULT, true, false, "")),
                    context);
            return channel.start()
                    .compose(_ ->
                            channel.call("/grpc.health.v1.Health/" + method, Bytes.of(message), Duration.ofSeconds(20)))
                    .compose(reply -> channel.stop().map(reply));
        });
    }

    @Test
    void badOptionsAreRefusedInTheCollectorsWords() {
        assertThat(problems("endpoint", "")).containsExactly("endpoint: http endpoint required");
        assertThat(problems("path", "health")).containsExactly("path: path must start with /");
        assertThat(problems("use_v2", true)).containsExactly("use_v2: must specify at least one protocol");
        assertThat(problems("http", Configs.with(HttpHealth.DEFAULT, "endpoint", "", "status::path", "x")))
                .containsExactlyInAnyOrder(
                        "http::endpoint: http endpoint required", "http::status::path: path must start with /");
        assertThat(problems("http", Configs.with(HttpHealth.DEFAULT, "config", new ConfigPath(true, "x", false))))
                .containsExactly(
                        "http::config::path: path must start with /",
                        "http::config::enabled: `config` is not supported: print-config shows the configuration");
        assertThat(problems("grpc", Configs.with(GrpcHealth.DEFAULT, "endpoint", "")))
                .containsExactly("grpc::endpoint: grpc endpoint required");
        assertThat(problems("use_v2", true, "grpc", GrpcHealth.DEFAULT)).isEmpty();
        assertThat(problems("use_v2", true, "http", HttpHealth.DEFAULT)).isEmpty();
        assertThat(problems("check_collector_pipeline::enabled", true)).isEmpty();
    }

    private static List<String> problems(Object... options) {
        return Configs.problems(Configs.with(HealthCheckConfig.DEFAULT, options));
    }

    private static OnLoop<HealthCheckExtension> running(HealthCheckConfig config, boolean ready) {
        return running(config, ready, Map.of());
    }

    private static OnLoop<HealthCheckExtension> running(
            HealthCheckConfig config, boolean ready, Map<String, Boolean> gates) {
        Pipeline pipeline = new Pipeline(
                new PipelineId(Signal.TRACES, "edge"),
                List.of(ComponentId.parse("otlp")),
                List.of(ComponentId.parse("batch")),
                List.of(ComponentId.parse("debug")),
                List.of());
        HealthCheckConfig anyPort = config.http() == null
                ? Configs.with(config, "endpoint", "127.0.0.1:0")
                : Configs.with(config, "http::endpoint", "127.0.0.1:0");
        return new OnLoop<>(
                "health_check",
                context -> (HealthCheckExtension) new HealthCheckFactory()
                        .create(
                                anyPort,
                                context.service(new TestServiceInfo(
                                        "sluice",
                                        "0.1.0",
                                        Instant.ofEpochSecond(1_700_000_000),
                                        ready,
                                        List.of(pipeline),
                                        List.of(ComponentId.parse("health_check")),
                                        gates))),
                HealthCheckExtension::port);
    }
}
