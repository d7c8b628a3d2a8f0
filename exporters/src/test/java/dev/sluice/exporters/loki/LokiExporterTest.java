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
import java.util.List;
import java.util.Map;
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
            LokiConfig config = Configs.with(
                    LokiConfig.DEFAULT, "endpoint", "http://" + addresses.getFirst() + "/loki/api/v1/push");
            return new LokiExporter(Configs.with(config, options), context);
        });
    }

    private static List<StreamAdapter> taken(ServedExporter exporter) {
        ServedExporter.Got got = exporter.server(0).taken().getFirst();
        assertThat(got.path()).isEqualTo("/loki/api/v1/push");
        assertThat(got.headers().get("content-type")).isEqualTo("application/x-protobuf");
        ByteBuf in = Unpooled.wrappedBuffer(got.body().getBytes());
        ByteBuf out = Unpooled.buffer();
        new Snappy().decode(in, out);
        try {
            return PushRequest.parseFrom(ByteBufUtil.getBytes(out)).getStreamsList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
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
