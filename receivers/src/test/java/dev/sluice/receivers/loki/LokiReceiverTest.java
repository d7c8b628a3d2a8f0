package dev.sluice.receivers.loki;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.loki4j.pkg.google.protobuf.Timestamp;
import com.github.loki4j.pkg.loki.protobuf.Push.EntryAdapter;
import com.github.loki4j.pkg.loki.protobuf.Push.LabelPairAdapter;
import com.github.loki4j.pkg.loki.protobuf.Push.PushRequest;
import com.github.loki4j.pkg.loki.protobuf.Push.StreamAdapter;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.sluice.api.Admission;
import dev.sluice.api.Outcome;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.ReceiverContract;
import dev.sluice.testkit.Requests;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** Requests made by Loki4j's generated classes and by Snappy's own library. */
class LokiReceiverTest {
    private static final String PROTO = "application/x-protobuf";
    private static final String JSON = "application/json";

    @Test
    void linesBecomeRecordsWithTheLabelsOfTheirStreamAndTheirMetadata() throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            PushRequest request = PushRequest.newBuilder()
                    .addStreams(stream(
                            "{job=\"shop\", path=\"/a \\\"b\\\"\\n\"}", entry("one", 5, 7), entry("zwei ü", 6, 0)))
                    .addStreams(stream("{job=\"cart\"}", entry("three", 7, 0)))
                    .build();
            assertThat(pushed.post(PROTO, Snappy.compress(request.toByteArray()))
                            .statusCode())
                    .isEqualTo(204);
            List<LogRecord> records = pushed.records();
            assertThat(records)
                    .extracting(record -> record.getBody().getStringValue())
                    .containsExactly("one", "zwei ü", "three");
            assertThat(records)
                    .extracting(LogRecord::getTimeUnixNano)
                    .containsExactly(5_000_000_007L, 6_000_000_000L, 7_000_000_000L);
            assertThat(Pushed.attributes(records.getFirst()))
                    .isEqualTo(Map.of("job", "shop", "path", "/a \"b\"\n", "trace_id", "one-trace"));
            assertThat(Pushed.attributes(records.getLast()))
                    .isEqualTo(Map.of("job", "cart", "trace_id", "three-trace"));
            assertThat(records.getFirst().getObservedTimeUnixNano()).isEqualTo(1_700_000_000_000_000_000L);
        }
    }

    @Test
    void theTimeIsThatOfArrivalUnlessTheSendersIsWanted() throws Exception {
        try (Pushed pushed = new Pushed(false)) {
            PushRequest request = PushRequest.newBuilder()
                    .addStreams(stream("{}", entry("x", 5, 0)))
                    .build();
            pushed.post(PROTO, Snappy.compress(request.toByteArray()));
            assertThat(pushed.records().getFirst().getTimeUnixNano()).isEqualTo(1_700_000_000_000_000_000L);
        }
    }

    @Test
    void jsonIsReadPlainAndCompressed() throws Exception {
        byte[] body = """
                {"streams": [{"stream": {"job": "shop"}, "values": [["5000000007", "one"], ["6", "two", {"trace_id": "t"}]]}]}
                """.getBytes(StandardCharsets.UTF_8);
        try (Pushed pushed = new Pushed(true)) {
            assertThat(pushed.post(JSON + "; charset=utf-8", body).statusCode()).isEqualTo(204);
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(body);
            }
            assertThat(pushed.post(JSON, zipped.toByteArray(), "content-encoding", "gzip")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(pushed.records()).hasSize(4);
            assertThat(pushed.records().getFirst().getTimeUnixNano()).isEqualTo(5_000_000_007L);
            assertThat(Pushed.attributes(pushed.records().get(1))).isEqualTo(Map.of("job", "shop", "trace_id", "t"));
        }
    }

    @Test
    void anEmptyPushIsTakenAndUnknownFieldsArePassedOver() throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            assertThat(pushed.post(PROTO, Snappy.compress(new byte[0])).statusCode())
                    .isEqualTo(204);
            UnknownFieldSet more = UnknownFieldSet.newBuilder()
                    .addField(
                            15, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                    .build();
            PushRequest request = PushRequest.newBuilder()
                    .addStreams(StreamAdapter.newBuilder(stream("{a=`b`}", entry("x", 1, 0)))
                            .setUnknownFields(more))
                    .setUnknownFields(more)
                    .build();
            assertThat(pushed.post(PROTO, Snappy.compress(request.toByteArray()))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(pushed.records()).hasSize(1);
        }
    }

    @Test
    void bytesThatAreNoUtf8AreMarkedAndLoseNothingElse() throws Exception {
        byte[] line = {'a', (byte) 0xff, 'b'};
        byte[] push = field(1, field(2, field(2, line)));
        try (Pushed pushed = new Pushed(true)) {
            assertThat(pushed.post(PROTO, Snappy.compress(push)).statusCode()).isEqualTo(204);
            assertThat(pushed.records().getFirst().getBody().getStringValue()).isEqualTo("a\uFFFDb");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {} | 204",
                "application/json | nonsense | 400",
                "application/json | [1] | 400",
                "application/json | {\"streams\": [1]} | 400",
                "application/json | {\"streams\": [{\"stream\": {}, \"values\": [[\"x\", \"line\"]]}]} | 400",
                "application/json | {\"streams\": [{\"stream\": {}, \"values\": [[\"1\"]]}]} | 400",
                "application/json | {\"streams\": [{\"labels\": \"{}\", \"entries\": [{\"ts\": \"2026-01-01T00:00:00Z\", \"line\": \"x\"}]}]} | 400",
                "application/x-protobuf | nonsense | 400",
                "text/plain | x | 415",
            })
    void whatIsNoPushIsRefusedWithTheReason(String type, String body, int status) throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            HttpResponse<String> answer = pushed.post(type, body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body().isBlank()).isEqualTo(status == 204);
            assertThat(pushed.next.batches()).isEmpty();
        }
    }

    @Test
    void brokenJsonIsToldOfWithItsPlaceAlone() throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            assertThat(pushed.post(JSON, "{\"streams\":[}".getBytes(StandardCharsets.UTF_8))
                            .body()
                            .strip())
                    .isEqualTo(
                            "the body is not a push of Loki in JSON: Unexpected close marker '}': expected ']' at 1:13");
        }
    }

    @Test
    void otherPathsAndMethodsAreTold() throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            assertThat(pushed.send(pushed.request("/ready")).body()).startsWith("ready");
            assertThat(pushed.send(pushed.request("/nothing")).statusCode()).isEqualTo(404);
            assertThat(pushed.send(pushed.request("/loki/api/v1/push")).statusCode())
                    .isEqualTo(405);
            HttpRequest.Builder old = pushed.request("/api/prom/push")
                    .header("content-type", JSON)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
            assertThat(pushed.send(old).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whatCannotBeTakenNowIsToBeSentAgain() throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            pushed.next.answer(
                    Outcome.retryable(Outcome.Reason.OVERLOADED, "the queue is full", Duration.ofSeconds(3)));
            PushRequest request = PushRequest.newBuilder()
                    .addStreams(stream("{}", entry("x", 1, 0)))
                    .build();
            HttpResponse<String> answer = pushed.post(PROTO, Snappy.compress(request.toByteArray()));
            assertThat(answer.statusCode()).isIn(429, 503);
            assertThat(answer.headers().firstValue("retry-after")).contains("3");
            assertThat(answer.body()).contains("the queue is full");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLostAndNothingComesTwice(boolean json) throws Exception {
        ReceiverContract contract = new ReceiverContract(Signal.LOGS, 42);
        try (Pushed pushed = new Pushed(true, numbered(contract.next()), Admission.UNBOUNDED)) {
            contract.check(200, request -> {
                HttpResponse<String> answer = json
                        ? pushed.post(JSON, asJson(request))
                        : pushed.post(PROTO, Snappy.compress(asProto(request)));
                return switch (answer.statusCode()) {
                    case 204 -> ReceiverContract.Answer.TAKEN;
                    case 429, 503 -> ReceiverContract.Answer.SEND_AGAIN;
                    default -> ReceiverContract.Answer.GIVE_UP;
                };
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void metadataWinOverALabelOfTheSameNameAndInternalLabelsStayOut(boolean json) throws Exception {
        PushRequest push = PushRequest.newBuilder()
                .addStreams(stream("{__path__=\"/x\", trace_id=\"label\", job=\"shop\"}", entry("one", 5, 7)))
                .build();
        String text = "{\"streams\": [{\"stream\": {\"__path__\": \"/x\", \"trace_id\": \"label\", \"job\": \"shop\"}, "
                + "\"values\": [[\"5\", \"one\", {\"trace_id\": \"one-trace\"}], [\"6\", \"two\"]]}]}";
        try (Pushed pushed = new Pushed(true)) {
            HttpResponse<String> answer = json
                    ? pushed.post(JSON, text.getBytes(StandardCharsets.UTF_8))
                    : pushed.post(PROTO, Snappy.compress(push.toByteArray()));
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(pushed.records().getFirst().getAttributesList()).hasSize(2);
            assertThat(Pushed.attributes(pushed.records().getFirst()))
                    .isEqualTo(Map.of("trace_id", "one-trace", "job", "shop"));
            if (json) {
                assertThat(Pushed.attributes(pushed.records().getLast()))
                        .isEqualTo(Map.of("trace_id", "label", "job", "shop"));
            }
        }
    }

    /** Truncated and with bits flipped: an answer, and never one of 500. */
    @Test
    void damagedPushesAreAnswered() throws Exception {
        byte[] whole = PushRequest.newBuilder()
                .addStreams(stream("{job=\"shop\"}", entry("one", 5, 7), entry("two", 6, 0)))
                .build()
                .toByteArray();
        SplittableRandom random = new SplittableRandom(1);
        try (Pushed pushed = new Pushed(true)) {
            for (int i = 0; i < 500; i++) {
                byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                assertThat(pushed.post(PROTO, Snappy.compress(damaged)).statusCode())
                        .isIn(204, 400);
            }
        }
    }

    @Test
    void aBombIsRefusedBeforeItIsUnpacked() throws Exception {
        // Says that it is four gibibytes long.
        byte[] bomb = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0, 0, 0};
        try (Pushed pushed = new Pushed(true)) {
            assertThat(pushed.post(PROTO, bomb).statusCode()).isIn(400, 413);
        }
    }

    /** Each line repeats the labels of its stream: half a megabyte that would become twenty gigabytes of records. */
    @Test
    void labelsThatManyLinesRepeatAreABombToo() throws Exception {
        StreamAdapter.Builder stream = stream("{a=\"" + "x".repeat(100_000) + "\"}").toBuilder();
        for (int i = 0; i < 200_000; i++) {
            stream.addEntries(EntryAdapter.getDefaultInstance());
        }
        byte[] push = PushRequest.newBuilder().addStreams(stream).build().toByteArray();
        try (Pushed pushed = new Pushed(true)) {
            HttpResponse<String> answer = pushed.post(PROTO, Snappy.compress(push));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(pushed.next.batches()).isEmpty();
        }
    }

    /** Lines are texts, and the contract knows numbers. */
    private static TelemetryConsumer numbered(TelemetryConsumer next) {
        return batch -> {
            try {
                String line = records(batch.wire()).getFirst().getBody().getStringValue();
                return next.consume(Requests.numbered(Signal.LOGS, Long.parseLong(line)));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** A message of one field, which is of bytes. */
    private static byte[] field(int number, byte[] content) {
        UnknownFieldSet.Field field = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(content))
                .build();
        return UnknownFieldSet.newBuilder().addField(number, field).build().toByteArray();
    }

    private static StreamAdapter stream(String labels, EntryAdapter... entries) {
        return StreamAdapter.newBuilder()
                .setLabels(labels)
                .addAllEntries(List.of(entries))
                .build();
    }

    private static EntryAdapter entry(String line, long seconds, int nanos) {
        return EntryAdapter.newBuilder()
                .setTimestamp(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos))
                .setLine(line)
                .addStructuredMetadata(
                        LabelPairAdapter.newBuilder().setName("trace_id").setValue(line + "-trace"))
                .build();
    }

    private static byte[] asProto(Bytes request) throws Exception {
        PushRequest.Builder push = PushRequest.newBuilder();
        StreamAdapter.Builder stream = push.addStreamsBuilder().setLabels("{}");
        for (LogRecord record : records(request)) {
            stream.addEntries(EntryAdapter.newBuilder()
                    .setTimestamp(Timestamp.newBuilder()
                            .setSeconds(record.getTimeUnixNano() / 1_000_000_000)
                            .setNanos((int) (record.getTimeUnixNano() % 1_000_000_000)))
                    .setLine(Long.toString(record.getBody().getIntValue())));
        }
        return push.build().toByteArray();
    }

    private static byte[] asJson(Bytes request) throws Exception {
        JsonArray values = new JsonArray();
        for (LogRecord record : records(request)) {
            values.add(new JsonArray()
                    .add(Long.toString(record.getTimeUnixNano()))
                    .add(Long.toString(record.getBody().getIntValue())));
        }
        return new JsonObject()
                .put(
                        "streams",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("stream", new JsonObject())
                                        .put("values", values)))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<LogRecord> records(Bytes request) throws InvalidProtocolBufferException {
        return LogsData.parseFrom(request.toByteArray()).getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }
}
