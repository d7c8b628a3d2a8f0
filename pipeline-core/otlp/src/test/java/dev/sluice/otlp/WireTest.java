package dev.sluice.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final long[] EDGES = LongStream.concat(
                    LongStream.of(0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE),
                    IntStream.range(1, 10)
                            .mapToLong(i -> 1L << (7 * i))
                            .flatMap(power -> LongStream.of(power - 1, power, power + 1)))
            .toArray();

    @Test
    void everyKindOfValueIsReadAsProtobufWroteIt() throws Exception {
        var out = new ByteArrayOutputStream();
        var coded = CodedOutputStream.newInstance(out);
        for (long edge : EDGES) {
            coded.writeInt64(1, edge);
            coded.writeSInt64(2, edge);
            coded.writeFixed64(3, edge);
            coded.writeDouble(4, (double) edge);
            coded.writeFixed32(5, (int) edge);
            coded.writeString(1000, "text " + edge);
            coded.writeTag(6, WireFormat.WIRETYPE_START_GROUP);
            coded.writeInt64(9, edge);
            coded.writeTag(6, WireFormat.WIRETYPE_END_GROUP);
        }
        coded.flush();
        byte[] bytes = out.toByteArray();

        WireReader reader = new WireReader(bytes, 0, bytes.length);
        for (long edge : EDGES) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.field()).isEqualTo(1);
            assertThat(reader.wireType()).isEqualTo(Wire.VARINT);
            assertThat(reader.bits()).isEqualTo(edge);
            assertThat(reader.length()).isEqualTo(Wire.varintSize(edge));
            reader.next();
            assertThat(reader.zigzag()).isEqualTo(edge);
            reader.next();
            assertThat(reader.bits()).isEqualTo(edge);
            reader.next();
            assertThat(reader.decimal()).isEqualTo((double) edge);
            reader.next();
            assertThat(reader.bits()).isEqualTo(Integer.toUnsignedLong((int) edge));
            assertThat(reader.isRange()).isFalse();
            reader.next();
            assertThat(reader.field()).isEqualTo(1000);
            assertThat(reader.isRange()).isTrue();
            assertThat(reader.string()).isEqualTo("text " + edge);
            assertThat(reader.fieldEnd() - reader.fieldStart()).isEqualTo(3 + reader.length());
            reader.next();
            assertThat(reader.wireType()).isEqualTo(Wire.START_GROUP);
        }
        assertThat(reader.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void protobufReadsWhatTheWriterWrote() throws Exception {
        WireWriter writer = new WireWriter(1);
        for (int i = EDGES.length - 1; i >= 0; i--) {
            int mark = writer.mark();
            writer.attribute(8, "number", EDGES[i]);
            writer.attribute(7, "key", "välue");
            writer.fixed32(6, (int) EDGES[i]);
            writer.string(5, "é" + EDGES[i]);
            writer.decimal(4, (double) EDGES[i]);
            writer.fixed64(3, EDGES[i]);
            writer.zigzag(2, EDGES[i]);
            writer.varint(1, EDGES[i]);
            writer.message(3000, mark);
        }
        assertThat(writer.length()).isEqualTo(writer.toByteArray().length);
        CodedInputStream in = CodedInputStream.newInstance(writer.toByteArray());
        for (long edge : EDGES) {
            assertThat(in.readTag()).isEqualTo(3000 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
            int limit = in.pushLimit(in.readRawVarint32());
            in.readTag();
            assertThat(in.readInt64()).isEqualTo(edge);
            in.readTag();
            assertThat(in.readSInt64()).isEqualTo(edge);
            in.readTag();
            assertThat(in.readFixed64()).isEqualTo(edge);
            in.readTag();
            assertThat(in.readDouble()).isEqualTo((double) edge);
            in.readTag();
            assertThat(in.readStringRequireUtf8()).isEqualTo("é" + edge);
            in.readTag();
            assertThat(in.readFixed32()).isEqualTo((int) edge);
            in.readTag();
            var text = io.opentelemetry.proto.common.v1.KeyValue.parseFrom(in.readBytes());
            assertThat(text.getKey()).isEqualTo("key");
            assertThat(text.getValue().getStringValue()).isEqualTo("välue");
            in.readTag();
            var number = io.opentelemetry.proto.common.v1.KeyValue.parseFrom(in.readBytes());
            assertThat(number.getValue().getIntValue()).isEqualTo(edge);
            assertThat(in.isAtEnd()).isTrue();
            in.popLimit(limit);
        }
        assertThat(in.isAtEnd()).isTrue();
        writer.clear();
        assertThat(writer.toBytes()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aReaderEntersTheMessageOfAField() {
        WireWriter writer = new WireWriter();
        writer.varint(4, 300);
        writer.message(2, 0);
        byte[] bytes = writer.toByteArray();
        WireReader outer = new WireReader(bytes, 0, bytes.length);
        assertThat(outer.next()).isTrue();
        WireReader inner = new WireReader().enter(outer);
        assertThat(inner.next()).isTrue();
        assertThat(inner.field()).isEqualTo(4);
        assertThat(inner.bits()).isEqualTo(300);
        assertThat(inner.array()).isSameAs(bytes);
        assertThat(inner.start()).isEqualTo(3);
        assertThat(inner.next()).isFalse();
    }

    @Test
    void randomBytesEndInTheEndOrAsMalformed() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            WireReader reader = new WireReader(bytes, 0, bytes.length);
            int last = 0;
            try {
                while (reader.next()) {
                    assertThat(reader.fieldEnd()).isGreaterThan(last).isLessThanOrEqualTo(bytes.length);
                    last = reader.fieldEnd();
                }
                assertThat(last).isEqualTo(bytes.length);
            } catch (MalformedOtlpException e) {
                assertThat(last).isLessThan(bytes.length);
            }
        }
    }

    @Test
    void varintsOfMoreThanTenBytesAreRefused() {
        byte[] bytes = HexFormat.of().parseHex("FFFFFFFFFFFFFFFFFFFF01");
        assertThatThrownBy(() -> Wire.varint(bytes, 0, bytes.length)).hasMessage("a varint takes more than 10 bytes");
        assertThatThrownBy(() -> Wire.varint(bytes, 0, 9)).hasMessage("the message ends inside a value");
    }

    @Test
    void aRopeIsComparedByContent() {
        byte[] array = {1, 2, 3, 4};
        Bytes whole = Bytes.of(array);
        Bytes rope = Bytes.concat(List.of(Bytes.of(array, 0, 1), Bytes.EMPTY, Bytes.of(array, 1, 3)));
        assertThat(rope).isEqualTo(whole).hasSameHashCodeAs(whole).hasToString("Bytes[4 in 2 slices]");
        assertThat(rope.slices()).containsExactly(Bytes.of(array, 0, 1), Bytes.of(array, 1, 3));
        assertThat(Bytes.concat(List.of())).isEqualTo(Bytes.EMPTY);
        assertThat(Bytes.concat(List.of(whole))).isSameAs(whole);
        assertThat(rope.isEmpty()).isFalse();
        assertThat(Bytes.of(array, 2, 0)).isSameAs(Bytes.EMPTY);
        assertThat(whole).isNotEqualTo(Bytes.of(array, 0, 3));
        assertThatThrownBy(() -> Bytes.of(array, 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void signalsHaveTheCollectorsNames() {
        assertThat(Signal.METRICS.key()).isEqualTo("metrics");
        assertThat(Signal.LOGS.items()).isEqualTo("log_records");
    }
}
