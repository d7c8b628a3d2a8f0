package dev.sluice.exporters.loki;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.loki4j.pkg.loki.protobuf.Push.EntryAdapter;
import com.github.loki4j.pkg.loki.protobuf.Push.PushRequest;
import com.github.loki4j.pkg.loki.protobuf.Push.StreamAdapter;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.ServedExporter;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as Loki4j's generated classes read them, after Netty's decoder of snappy: neither is ours. */
class LokiExporterTest {
    private static final String RECORD =
            "log_records { time_unix_nano: 1500000000000000007 body { string_value: 'hello' } } ";

    @Test
    void aRecordIsALineWithDefaultLabelsAndTheRestAsStructuredMetadata() {
        try (ServedExporter exporter = exporter()) {
            assertThat(exporter.send(logs("resource_logs { resource { " + attribute("service.name", "a\"\\b\nc")
                            + attribute("host.name", "h") + "} scope_logs { scope { name: 'lib' } log_records { "
                            + "time_unix_nano: 1500000000000000007 severity_number: 9 severity_text: 'INFO' body { string_value: 'hello' } "
                            + "trace_id: '0123456789abcdef' span_id: 'ABCDEFGH' " + attribute("http.route", "/x")
                            + attribute("1st", "y") + "} } }")))
                    .isEqualTo(Outcome.ACCEPTED);

            assertThat(taken(exporter)).singleElement().satisfies(stream -> {
                assertThat(stream.getLabels()).isEqualTo("{service_name=\"a\\\"\\\\b\\nc\"}");
                EntryAdapter entry = stream.getEntries(0);
                assertThat(entry.getTimestamp().getSeconds()).isEqualTo(1_500_000_000);
                assertThat(entry.getTimestamp().getNanos()).isEqualTo(7);
                assertThat(entry.getLine()).isEqualTo("hello");
                assertThat(metadata(entry))
                        .containsExactly(
                                "trace_id=30313233343536373839616263646566",
                                "span_id=4142434445464748",
                                "severity_text=INFO",
                                "severity_number=9",
                                "host_name=h",
                                "scope_name=lib",
                                "http_route=/x",
                                "key_1st=y");
            });
        }
    }

    @Test
    void linesGoIntoTheStreamsOfTheirLabelsInTheirOrder() {
        Map<String, String> labels = Map.of(
                "app",
                "resource.attributes[\"service.name\"]",
                "lib",
                "scope.attributes[\"s\"]",
                "kind",
                "attributes[\"k\"]");
        try (ServedExporter exporter = exporter("labels", labels)) {
            exporter.send(logs("resource_logs { resource { " + attribute("service.name", "a")
                    + "} scope_logs { scope { " + attribute("s", "x") + "} " + record("1", "p") + record("2", "q")
                    + record("3", "p") + "} }"));

            List<StreamAdapter> streams = taken(exporter);
            assertThat(streams)
                    .extracting(StreamAdapter::getLabels)
                    .containsExactly("{app=\"a\", kind=\"p\", lib=\"x\"}", "{app=\"a\", kind=\"q\", lib=\"x\"}");
            assertThat(streams.get(0).getEntriesList())
                    .extracting(EntryAdapter::getLine)
                    .containsExactly("1", "3");
            assertThat(streams.get(0).getEntriesList())
                    .allSatisfy(entry -> assertThat(metadata(entry)).isEmpty());
        }
    }

    @Test
    void resourcesOfEqualLabelsShareAStreamAndKeepTheirOwnMetadata() {
        try (ServedExporter exporter = exporter()) {
            exporter.send(logs("resource_logs { resource { " + attribute("host.name", "h1") + "} scope_logs { " + RECORD
                    + "} } resource_logs { resource { " + attribute("host.name", "h2") + "} scope_logs { " + RECORD
                    + RECORD + "} }"));

            assertThat(taken(exporter)).singleElement().satisfies(stream -> {
                assertThat(stream.getLabels()).isEqualTo("{service_name=\"unknown_service\"}");
                assertThat(stream.getEntriesList())
                        .extracting(LokiExporterTest::metadata)
                        .containsExactly(List.of("host_name=h1"), List.of("host_name=h2"), List.of("host_name=h2"));
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOGFMT|name=\"GET /x\" kind=server duration_ns=5 status=error status_message=\"a\\\"b\"",
                "JSON|{\"name\":\"GET /x\",\"kind\":\"server\",\"duration_ns\":5,\"status\":\"error\",\"status_message\":\"a\\\"b\"}"
            })
    void aSpanIsALineThatItsTraceIdFinds(SpanFormat format, String line) {
        try (ServedExporter exporter = exporter("span_format", format)) {
            exporter.send(batch(
                    Signal.TRACES,
                    "resource_spans { scope_spans { spans { name: 'GET /x' kind: SPAN_KIND_SERVER start_time_unix_nano: 2000000001 "
                            + "end_time_unix_nano: 2000000006 trace_id: '0123456789abcdef' span_id: 'ABCDEFGH' parent_span_id: 'abcdefgh' "
                            + "status { code: STATUS_CODE_ERROR message: 'a\"b' } " + attribute("k", "v") + "} } }",
                    Origin.INTERNAL));

            assertThat(taken(exporter)).singleElement().satisfies(stream -> {
                EntryAdapter entry = stream.getEntries(0);
                assertThat(entry.getTimestamp().getSeconds()).isEqualTo(2);
                assertThat(entry.getTimestamp().getNanos()).isEqualTo(1);
                assertThat(entry.getLine()).isEqualTo(line);
                assertThat(metadata(entry))
                        .containsExactly(
                                "trace_id=30313233343536373839616263646566",
                                "span_id=4142434445464748",
                                "parent_span_id=6162636465666768",
                                "k=v");
            });
        }
    }

    @Test
    void longLinesAreCutBetweenCharactersAndCounted() {
        try (ServedExporter exporter = exporter("max_line_size", 4)) {
            exporter.send(logs("resource_logs { scope_logs { " + record("abcd", "k") + record("abcé", "k") + "} }"));

            assertThat(taken(exporter).getFirst().getEntriesList())
                    .extracting(EntryAdapter::getLine)
                    .containsExactly("abcd", "abc");
            assertThat(exporter.context().meters().value("exporter_loki_cut_lines"))
                    .isEqualTo(1);
        }
    }

    @Test
    void theTenantOfTheRequestGoesBeforeTheConfiguredOne() {
        try (ServedExporter exporter = exporter("tenant", "one", "tenant_metadata_key", "X-Org")) {
            String request = "resource_logs { scope_logs { " + RECORD + "} }";
            exporter.send(batch(Signal.LOGS, request, new Origin("http", "", Map.of("x-org", "two"))));
            exporter.send(logs(request));

            assertThat(exporter.server(0).taken())
                    .extracting(got -> got.headers().get("x-scope-orgid"))
                    .containsExactly("two", "one");
        }
    }

    @Test
    void aBatchIsSentInARequestForEachTenantThatItsAttributesName() {
        try (ServedExporter exporter = exporter("tenant", "one", "tenant_attribute", "attributes[\"k\"]")) {
            assertThat(exporter.send(logs("resource_logs { scope_logs { " + record("1", "two") + record("2", "")
                            + record("3", "a b") + record("4", "two") + "} }")))
                    .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                        assertThat(accepted.rejectedItems()).isEqualTo(1);
                        assertThat(accepted.message()).startsWith("`a b` is no tenant");
                    });

            List<ServedExporter.Got> taken = exporter.server(0).taken();
            assertThat(taken)
                    .extracting(got -> got.headers().get("x-scope-orgid"))
                    .containsExactly("two", "one");
            assertThat(taken).extracting(LokiExporterTest::lines).containsExactly(List.of("1", "4"), List.of("2"));
        }
    }

    @Test
    void aLargeBatchIsSentInRequestsOfBoundedSizeAndInItsOrder() {
        try (ServedExporter exporter = exporter("max_request_size", 1000)) {
            StringBuilder records = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                records.append(record("line " + i + ".".repeat(i == 7 ? 2000 : 100), "k"));
            }
            assertThat(exporter.send(logs("resource_logs { scope_logs { " + records + "} }")))
                    .isEqualTo(Outcome.ACCEPTED);

            List<ServedExporter.Got> taken = exporter.server(0).taken();
            assertThat(taken)
                    .allSatisfy(got -> assertThat(push(got).getSerializedSize() <= 1000
                                    || lines(got).size() == 1)
                            .isTrue());
            assertThat(taken).hasSize(5);
            assertThat(taken.stream().flatMap(got -> lines(got).stream()))
                    .extracting(line -> line.replace(".", ""))
                    .containsExactly(
                            IntStream.range(0, 20).mapToObj(i -> "line " + i).toArray(String[]::new));
        }
    }

    @Test
    void aRetrySendsWhatHasNotArrivedAndARefusalCountsItsOwnLines() {
        try (ServedExporter exporter = exporter("max_request_size", 60)) {
            Telemetry batch = logs(
                    "resource_logs { scope_logs { " + record("1", "k") + record("2", "k") + record("3", "k") + "} }");
            exporter.server(0).answering(List.of(200, 503, 400, 200));

            assertThat(exporter.send(batch)).isInstanceOf(Outcome.Refused.class);
            assertThat(exporter.send(batch)).isEqualTo(new Outcome.Accepted(1, "Loki push request failed: 400"));

            assertThat(exporter.server(0).taken())
                    .extracting(LokiExporterTest::lines)
                    .containsExactly(List.of("1"), List.of("2"), List.of("2"), List.of("3"));
        }
    }

    @Test
    void requestsAreWrittenAsJsonOnDemand() throws IOException {
        try (ServedExporter exporter = exporter("encoding", PushEncoding.JSON)) {
            exporter.send(logs("resource_logs { resource { " + attribute("service.name", "a\"b")
                    + "} scope_logs { log_records { body { string_value: 'x\"\\001' } time_unix_nano: 1500000000000000007 "
                    + "trace_id: '0123456789abcdef' } log_records { time_unix_nano: 8 } } }"));

            ServedExporter.Got got = exporter.server(0).taken().getFirst();
            assertThat(got.headers().get("content-type")).isEqualTo("application/json");
            assertThat(got.headers().contains("content-encoding")).isFalse();
            assertThat(got.body().toString())
                    .isEqualTo("{\"streams\":[{\"stream\":{\"service_name\":\"a\\\"b\"},\"values\":["
                            + "[\"1500000000000000007\",\"x\\\"\\u0001\",{\"trace_id\":\"30313233343536373839616263646566\"}],"
                            + "[\"8\",\"\"]]}]}");
        }
        try (ServedExporter exporter = exporter(
                "encoding",
                PushEncoding.JSON,
                "client",
                Configs.with(LokiConfig.DEFAULT.client(), "compression", "gzip"))) {
            exporter.send(logs("resource_logs { scope_logs { " + RECORD + "} }"));

            ServedExporter.Got got = exporter.server(0).taken().getFirst();
            assertThat(got.headers().get("content-encoding")).isEqualTo("gzip");
            byte[] json =
                    new GZIPInputStream(new ByteArrayInputStream(got.body().getBytes())).readAllBytes();
            assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"hello\"");
        }
    }

    @Test
    void labelsThatAStreamHasNoRoomForStayMetadata() {
        try (ServedExporter exporter = exporter("max_labels", 2)) {
            exporter.send(
                    logs("resource_logs { resource { " + attribute("k8s.pod.name", "p") + attribute("service.name", "a")
                            + attribute("service.namespace", "n") + "} scope_logs { " + RECORD + "} }"
                            + "resource_logs { resource { " + attribute("k8s.pod.name", "p") + "} scope_logs { "
                            + RECORD + "} }"));

            List<StreamAdapter> streams = taken(exporter);
            assertThat(streams)
                    .extracting(StreamAdapter::getLabels)
                    .containsExactly(
                            "{service_name=\"a\", service_namespace=\"n\"}",
                            "{service_name=\"unknown_service\", k8s_pod_name=\"p\"}");
            assertThat(streams)
                    .extracting(stream -> metadata(stream.getEntries(0)))
                    .containsExactly(List.of("k8s_pod_name=p"), List.of());
            assertThat(exporter.context().meters().value("exporter_loki_surplus_labels"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,INVALID", "413,TOO_LARGE", "429,OVERLOADED", "500,UNAVAILABLE", "503,UNAVAILABLE"})
    void refusalsSayWhetherAnotherAttemptHelps(int status, Reason reason) {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(status);

            assertThat(exporter.send(logs("resource_logs { scope_logs { " + RECORD + "} }")))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(reason);
                        assertThat(refused.message()).isEqualTo("Loki push request failed: " + status);
                    });
        }
    }

    private static ServedExporter exporter(Object... options) {
        return new ServedExporter("loki", 1, (addresses, context) -> {
            String url = "http://" + addresses.getFirst() + "/loki/api/v1/push";
            LokiConfig config = Configs.with(Configs.with(LokiConfig.DEFAULT, options), "endpoint", url);
            return new LokiExporter(config, context);
        });
    }

    private static List<StreamAdapter> taken(ServedExporter exporter) {
        ServedExporter.Got got = exporter.server(0).taken().getFirst();
        assertThat(got.path()).isEqualTo("/loki/api/v1/push");
        assertThat(got.headers().get("content-type")).isEqualTo("application/x-protobuf");
        return push(got).getStreamsList();
    }

    private static PushRequest push(ServedExporter.Got got) {
        ByteBuf in = Unpooled.wrappedBuffer(got.body().getBytes());
        ByteBuf out = Unpooled.buffer();
        new Snappy().decode(in, out);
        try {
            return PushRequest.parseFrom(ByteBufUtil.getBytes(out));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(ServedExporter.Got got) {
        return push(got).getStreamsList().stream()
                .flatMap(stream -> stream.getEntriesList().stream())
                .map(EntryAdapter::getLine)
                .toList();
    }

    private static List<String> metadata(EntryAdapter entry) {
        return entry.getStructuredMetadataList().stream()
                .map(pair -> pair.getName() + "=" + pair.getValue())
                .toList();
    }

    private static String record(String body, String kind) {
        return "log_records { time_unix_nano: 1 body { string_value: '" + body + "' } " + attribute("k", kind) + "} ";
    }

    private static String attribute(String key, String value) {
        return "attributes { key: \"" + key + "\" value { string_value: \""
                + TextFormat.escapeDoubleQuotesAndBackslashes(value).replace("\n", "\\n") + "\" } } ";
    }

    private static Telemetry logs(String text) {
        return batch(Signal.LOGS, text, Origin.INTERNAL);
    }

    private static Telemetry batch(Signal signal, String text, Origin origin) {
        Message.Builder builder =
                signal == Signal.LOGS ? ExportLogsServiceRequest.newBuilder() : ExportTraceServiceRequest.newBuilder();
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return Telemetry.of(signal, Bytes.of(builder.build().toByteArray()), origin);
    }
}
