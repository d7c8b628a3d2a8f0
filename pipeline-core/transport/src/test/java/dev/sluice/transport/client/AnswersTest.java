package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.TestServiceInfo;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What servers say, read from what they send. */
class AnswersTest {
    /** 2023-11-14T22:13:20Z. */
    private static final long NOW = 1_700_000_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({"0,PT0S", "17,PT17S", "' 3 ',PT3S", "999999999,PT277777H46M39S"})
    void retryAfterMayBeSeconds(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "'Tue, 14 Nov 2023 22:14:00 GMT',PT40S",
        "'Tue, 14 Nov 2023 22:13:20 GMT',PT0S",
        "'Tue, 14 Nov 2023 22:13:00 GMT',PT0S"
    })
    void retryAfterMayBeADate(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999", "2023-11-14T22:13:20Z"})
    void whatIsNeitherIsNoRetryAfter(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }

    @Test
    void statusBodiesAreReadFromProtobufAndJson() throws IOException {
        byte[] proto = status("no such tenant", retryInfo(2, 500_000_000));
        assertThat(StatusBody.of(answer("application/x-protobuf", proto)))
                .isEqualTo(new StatusBody("no such tenant", Duration.ofMillis(2_500)));
        assertThat(StatusBody.of(answer("application/json", "{\"code\":3,\"message\":\"bad\"}".getBytes(UTF_8))))
                .isEqualTo(new StatusBody("bad", null));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,<html>",
        "application/json,{",
        "application/json,{}",
        "application/json,[1]",
        "'',x",
        "application/x-protobuf,zzz"
    })
    void otherBodiesSayNothing(String type, String body) {
        assertThat(StatusBody.of(answer(type, body.getBytes(UTF_8)))).isEqualTo(new StatusBody("", null));
    }

    @Test
    void delaysThatMakeNoSenseAreZero() throws IOException {
        assertThat(StatusDetails.of(status("", retryInfo(-1, 0))).retryDelay()).isEqualTo(Duration.ZERO);
        assertThat(StatusDetails.of(status("", retryInfo(1, 2_000_000_000))).retryDelay())
                .isEqualTo(Duration.ZERO);
        assertThat(StatusDetails.of(status("", retryInfo(Long.MAX_VALUE, 0))).retryDelay())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void otherDetailsAreNoRetryInfo() throws IOException {
        Any other = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/google.rpc.DebugInfo")
                .setValue(ByteString.copyFromUtf8("\n\u0001x"))
                .build();
        assertThat(StatusDetails.of(status("m", other))).isEqualTo(new StatusDetails("m", null));
    }

    @Test
    void noiseIsNeverMoreThanNoDetails() {
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] noise = new byte[seed % 60];
            new Random(seed).nextBytes(noise);
            assertThat(StatusDetails.of(noise)).isNotNull();
            assertThat(PartialSuccess.ofProto(Bytes.of(noise))).isNotNull();
            assertThat(PartialSuccess.ofJson(Signal.LOGS, Bytes.of(noise))).isNotNull();
        }
    }

    @Test
    void partialSuccessIsReadFromProtobuf() {
        byte[] response = ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(7)
                        .setErrorMessage("too old"))
                .build()
                .toByteArray();
        assertThat(PartialSuccess.ofProto(Bytes.of(response))).isEqualTo(new PartialSuccess(7, "too old"));
        byte[] warning = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setErrorMessage("deprecated"))
                .build()
                .toByteArray();
        assertThat(PartialSuccess.ofProto(Bytes.of(warning))).isEqualTo(new PartialSuccess(0, "deprecated"));
        assertThat(PartialSuccess.ofProto(Bytes.EMPTY)).isEqualTo(new PartialSuccess(0, ""));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "TRACES|{\"partialSuccess\":{\"rejectedSpans\":\"7\",\"errorMessage\":\"x\"}}|7|x",
                "METRICS|{\"partialSuccess\":{\"rejectedDataPoints\":7}}|7|``",
                "LOGS|{\"partialSuccess\":{\"rejectedLogRecords\":7}}|7|``",
                "LOGS|{\"partialSuccess\":{\"rejectedSpans\":7}}|0|``",
                "LOGS|{\"partialSuccess\":{}}|0|``",
                "LOGS|{\"partialSuccess\":3}|0|``",
                "LOGS|{\"partialSuccess\":{\"rejectedLogRecords\":\"x\"}}|0|``",
                "LOGS|{}|0|``",
                "LOGS|not json|0|``",
                "LOGS|``|0|``"
            },
            delimiter = '|')
    void partialSuccessIsReadFromJson(Signal signal, String body, long rejected, String message) {
        assertThat(PartialSuccess.ofJson(signal, Bytes.of(body.getBytes(UTF_8))))
                .isEqualTo(new PartialSuccess(rejected, message));
    }

    @Test
    void onlyWhatWasSaidBecomesPartOfTheOutcome() {
        var log = LoggerFactory.getLogger(AnswersTest.class);
        assertThat(new PartialSuccess(0, "").outcome(Signal.LOGS, log)).isEqualTo(Outcome.ACCEPTED);
        assertThat(new PartialSuccess(2, "old").outcome(Signal.LOGS, log)).isEqualTo(new Outcome.Accepted(2, "old"));
    }

    @Test
    void answersLargerThanTheLimitAreNotDecompressed() {
        byte[] large = com.github.luben.zstd.Zstd.compress(new byte[100_000]);
        assertThat(ResponseDecoder.decode("zstd", Bytes.of(large), 65_536).isEmpty())
                .isTrue();
        assertThat(ResponseDecoder.decode("zstd", Bytes.of(large), 100_000).length())
                .isEqualTo(100_000);
        assertThat(ResponseDecoder.decode("identity", Bytes.of(large), 1)).isEqualTo(Bytes.of(large));
    }

    @Test
    void theUserAgentNamesVersionAndMachine() {
        assertThat(UserAgent.of(new TestServiceInfo())).matches("Sluice/\\S+ \\(\\S+/(amd64|arm64|\\S+)\\)");
    }

    private static HttpReply.Answer answer(String type, byte[] body) {
        return new HttpReply.Answer(400, type, null, "", Map.of(), Bytes.of(body), false);
    }

    private static Any retryInfo(long seconds, int nanos) {
        ByteString delay = com.google.protobuf.Duration.newBuilder()
                .setSeconds(seconds)
                .setNanos(nanos)
                .build()
                .toByteString();
        ByteString info =
                ByteString.copyFrom(new byte[] {0x0a, (byte) delay.size()}).concat(delay);
        return Any.newBuilder()
                .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
                .setValue(info)
                .build();
    }

    /** An encoded {@code google.rpc.Status}. */
    private static byte[] status(String message, Any detail) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeInt32(1, 3);
        out.writeString(2, message);
        out.writeMessage(3, detail);
        out.flush();
        return bytes.toByteArray();
    }
}
