package dev.sluice.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpValidatorTest {
    @ParameterizedTest
    @EnumSource(Signal.class)
    void whatTheGeneratedClassesWriteIsAcceptedAndCounted(Signal signal) {
        for (int seed = 0; seed < 200; seed++) {
            Message request = Requests.of(signal, new OtlpGenerator(seed, 0.7, seed % 2 == 0), 2, 2, 5);
            Bytes bytes = Requests.bytes(request);
            int expected = Requests.items(request);
            assertThat(OtlpValidator.validate(signal, bytes)).isEqualTo(expected);
            assertThat(OtlpItems.count(signal, bytes)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void mergingIsConcatenation(Signal signal) {
        Message first = Requests.of(signal, new OtlpGenerator(1, 0.7, true), 1, 2, 3);
        Message second = Requests.of(signal, new OtlpGenerator(2, 0.7, true), 2, 1, 3);
        Bytes merged = OtlpMerge.merge(List.of(Requests.bytes(first), Requests.bytes(second)));
        assertThat(Requests.parse(signal, merged))
                .isEqualTo(first.toBuilder().mergeFrom(second).build());
        assertThat(OtlpItems.count(signal, merged)).isEqualTo(Requests.items(first) + Requests.items(second));
        assertThat(OtlpValidator.validate(signal, merged)).isEqualTo(OtlpItems.count(signal, merged));
    }

    @Test
    void theRangeIsRespected() {
        byte[] request = new OtlpGenerator(3).traces(1, 1, 2).toByteArray();
        byte[] padded = new byte[request.length + 20];
        java.util.Arrays.fill(padded, (byte) 0xFF);
        System.arraycopy(request, 0, padded, 7, request.length);
        assertThat(OtlpValidator.validate(Signal.TRACES, padded, 7, request.length))
                .isEqualTo(2);
        assertThatThrownBy(() -> OtlpValidator.validate(Signal.TRACES, padded, 7, padded.length))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "length beyond the end | 0A05 | a length of 5 bytes where 0 are left in the message",
                "length beyond the parent | 0A04 12050000 | a length of 5 bytes where 2 are left in the message",
                "length of 4 GiB | 0AFFFFFFFF0F | a length of 4294967295 bytes where 0 are left in the message",
                "length over 32 bits | 0AFFFFFFFF1F | a tag or a length takes more than 32 bits",
                "no length | 0A | the message ends inside a tag or a length",
                "half a tag | 80 | the message ends inside a tag or a length",
                "field number 0 | 0000 | a field has the number 0",
                "field number 0 with a length | 0200 | a field has the number 0",
                "varint of 11 bytes | C03EFFFFFFFFFFFFFFFFFFFF01 | a varint takes more than 10 bytes",
                "half a varint | C03E80 | the message ends inside a value",
                "half a fixed64 | C13E00000000 | the message ends inside a value",
                "half a fixed32 | C53E000000 | the message ends inside a value",
                "known field with wrong type | 0800 | field 1 has the wire type 0",
                "wire type 6 | C63E | wire type 6 where a field must start",
                "group of a known number | 0B0C | field 1 has the wire type 3",
                "group end alone | C43E | wire type 4 where a field must start",
                "group end of another | C33ECC3E | a group ends that was not open",
                "group without end | C33E | the message ends inside a tag or a length",
                "field number 0 in a group | C33E00 | a field has the number 0",
                "group with number 0 in a group | C33E03 | a field has the number 0",
            })
    void brokenFramingIsRefused(String name, String hex, String message) {
        assertRefused(HexFormat.of().parseHex(hex.replace(" ", "")), message);
    }

    @Test
    void unknownFieldsOfEveryWireTypeAreSkipped() {
        for (String hex : List.of("C03E01", "C13E0000000000000000", "C23E02FFFF", "C33E0801C43E", "C53E00000000")) {
            byte[] request = HexFormat.of().parseHex(hex);
            assertThat(OtlpValidator.validate(Signal.TRACES, request, 0, request.length))
                    .isZero();
        }
    }

    @Test
    void groupsMayNest32DeepAndNoDeeper() {
        assertThat(OtlpValidator.validate(Signal.LOGS, Bytes.of(groups(32)))).isZero();
        assertThatThrownBy(() -> OtlpValidator.validate(Signal.LOGS, Bytes.of(groups(33))))
                .isInstanceOf(MalformedOtlpException.class)
                .hasMessage("groups nest deeper than 32");
    }

    @Test
    void valuesMayNest32DeepAndNoDeeper() {
        for (boolean lists : new boolean[] {true, false}) {
            assertThat(OtlpValidator.validate(Signal.TRACES, Requests.bytes(nested(32, lists))))
                    .isEqualTo(1);
            assertRefused(nested(33, lists).toByteArray(), "values nest deeper than 32");
            assertRefused(nested(90, lists).toByteArray(), "values nest deeper than 32");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 15, 17, 32})
    void idsHaveTheirSizeOrNone(int size) {
        byte[] id = new byte[size];
        assertRefused(
                span(Span.newBuilder().setTraceId(ByteString.copyFrom(id))),
                "an id of " + size + " bytes where 16 are due");
        assertRefused(
                span(Span.newBuilder().setParentSpanId(ByteString.copyFrom(id))),
                "an id of " + size + " bytes where 8 are due");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "BF",
                "C080",
                "C1BF",
                "C2",
                "C241",
                "E08080",
                "E09FBF",
                "E0A0",
                "EDA080",
                "EDBFBF",
                "E28241",
                "F0808080",
                "F08FBFBF",
                "F4908080",
                "F5808080",
                "FF",
                "F09F9A",
                "F09F9A41"
            })
    void stringsThatAreNotUtf8AreRefusedWhereverTheyStand(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        for (int before = 0; before < 18; before++) {
            for (int after = 0; after < 10; after++) {
                ByteString text = ByteString.copyFromUtf8("x".repeat(before))
                        .concat(ByteString.copyFrom(bad))
                        .concat(ByteString.copyFromUtf8("y".repeat(after)));
                byte[] name = new byte[text.size() + 2];
                name[0] = 0x1A;
                name[1] = (byte) text.size();
                text.copyTo(name, 2);
                byte[] request = ResourceSpansBytes.around(name);
                assertRefused(request, "a string is not UTF-8");
            }
        }
    }

    @Test
    void everyCodePointIsAcceptedInStrings() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += 7) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                all.appendCodePoint(point);
            }
        }
        for (int edge : new int[] {0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
            all.appendCodePoint(edge);
        }
        byte[] text = all.toString().getBytes(StandardCharsets.UTF_8);
        Utf8.check(text, 0, text.length);
    }

    @Test
    void packedAndUnpackedNumbersAreAcceptedAndHalfOnesRefused() {
        // Histogram point, field 6, packed fixed64, in a request of metrics.
        assertThat(OtlpValidator.validate(Signal.METRICS, metric("4A 0C 0A 0A 32 08 0000000000000000")))
                .isEqualTo(1);
        assertThat(OtlpValidator.validate(Signal.METRICS, metric("4A 0B 0A 09 31 0000000000000000")))
                .isEqualTo(1);
        assertThatThrownBy(() -> OtlpValidator.validate(Signal.METRICS, metric("4A 0B 0A 09 32 07 00000000000000")))
                .hasMessage("packed values do not fill field 6");
        // Buckets of an exponential histogram, field 2, packed varints.
        assertThat(OtlpValidator.validate(Signal.METRICS, metric("52 08 0A 06 42 04 12 02 8001")))
                .isEqualTo(1);
        assertThat(OtlpValidator.validate(Signal.METRICS, metric("52 06 0A 04 42 02 10 01")))
                .isEqualTo(1);
        assertThatThrownBy(() -> OtlpValidator.validate(Signal.METRICS, metric("52 08 0A 06 42 04 12 02 8080")))
                .hasMessage("the message ends inside a value");
    }

    private static Bytes metric(String hex) {
        byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
        WireWriter writer = new WireWriter();
        writer.raw(data, 0, data.length);
        writer.message(2, 0);
        writer.message(2, 0);
        writer.message(1, 0);
        return writer.toBytes();
    }

    private static void assertRefused(byte[] request, String message) {
        assertThatThrownBy(() -> OtlpValidator.validate(Signal.TRACES, request, 0, request.length))
                .isInstanceOf(MalformedOtlpException.class)
                .hasMessage(message);
    }

    private static byte[] span(Span.Builder span) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    private static byte[] groups(int depth) {
        byte[] nested = new byte[2 * depth];
        for (int i = 0; i < depth; i++) {
            nested[i] = 0x7B;
            nested[2 * depth - 1 - i] = 0x7C;
        }
        return nested;
    }

    /** A span in a resource whose attribute nests so deep that its innermost AnyValue is the {@code depth}th. */
    private static ExportTraceServiceRequest nested(int depth, boolean lists) {
        AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
        for (int i = 1; i < depth; i++) {
            value = lists
                    ? AnyValue.newBuilder()
                            .setArrayValue(ArrayValue.newBuilder().addValues(value))
                            .build()
                    : AnyValue.newBuilder()
                            .setKvlistValue(KeyValueList.newBuilder()
                                    .addValues(KeyValue.newBuilder().setKey("k").setValue(value)))
                            .build();
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(KeyValue.newBuilder().setKey("k").setValue(value)))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.newBuilder())))
                .build();
    }
}
