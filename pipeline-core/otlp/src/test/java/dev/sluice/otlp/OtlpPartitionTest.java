package dev.sluice.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpPartitionTest {
    @ParameterizedTest
    @EnumSource(Signal.class)
    void everyItemGoesToTheShardOfItsKeyInOrder(Signal signal) {
        Map<Object, Integer> shardOfKey = new HashMap<>();
        for (int seed = 0; seed < 40; seed++) {
            Message request = Requests.of(signal, new OtlpGenerator(seed, 0.6, true), 4, 2, 3);
            Bytes[] parts = OtlpPartition.byHash(signal, Requests.bytes(request), 3);
            assertThat(parts).hasSize(3);
            List<List<Message>> all = new ArrayList<>();
            for (int shard = 0; shard < 3; shard++) {
                List<List<Message>> rows = Requests.rows(Requests.parse(signal, parts[shard]));
                for (List<Message> row : rows) {
                    Integer before = shardOfKey.put(key(signal, row), shard);
                    assertThat(before).isIn(null, shard);
                }
                List<List<Message>> inOrder = new ArrayList<>(Requests.rows(request));
                inOrder.retainAll(rows);
                assertThat(rows).isEqualTo(inOrder);
                all.addAll(rows);
            }
            assertThat(all).containsExactlyInAnyOrderElementsOf(Requests.rows(request));
        }
        assertThat(shardOfKey.values()).contains(0, 1, 2);
    }

    private static Object key(Signal signal, List<Message> row) {
        if (signal == Signal.TRACES) {
            return ((Span) row.getLast()).getTraceId();
        }
        Message container = row.getFirst();
        return ((Message) container.getField(container.getDescriptorForType().findFieldByNumber(1))).toByteString();
    }

    @Test
    void aRequestOfOneKeyIsHandedOnAsItIs() {
        var request = new OtlpGenerator(1).traces(1, 1, 5).toBuilder();
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getSpansBuilderList()
                .forEach(span -> span.setTraceId(ByteString.copyFrom(new byte[16])));
        Bytes bytes = Requests.bytes(request.build());
        Bytes[] parts = OtlpPartition.byHash(Signal.TRACES, bytes, 8);
        assertThat(Arrays.stream(parts).filter(part -> !part.isEmpty())).hasSize(1);
        assertThat(parts[OtlpPartition.onlyShard(Signal.TRACES, bytes, 8)]).isSameAs(bytes);
        assertThat(OtlpPartition.byHash(Signal.TRACES, bytes, 1)[0]).isSameAs(bytes);
        assertThat(OtlpPartition.onlyShard(Signal.TRACES, Bytes.EMPTY, 8)).isZero();
    }

    @Test
    void whatHoldsNoItemsIsNotLost() {
        var request = new OtlpGenerator(1).traces(1, 1, 20).toBuilder();
        request.addResourceSpans(ResourceSpans.newBuilder().setSchemaUrl("empty"));
        Bytes[] parts = OtlpPartition.byHash(Signal.TRACES, Requests.bytes(request.build()), 4);
        assertThat(Requests.parse(Signal.TRACES, parts[0]).toString()).contains("\"empty\"");
    }

    @Test
    void shardsAreEvenlyFilled() {
        int[] filled = new int[7];
        byte[] span = new byte[18];
        span[0] = 0x0A;
        span[1] = 16;
        for (int i = 0; i < 70_000; i++) {
            span[17] = (byte) i;
            span[16] = (byte) (i >> 8);
            span[15] = (byte) (i >> 16);
            filled[OtlpPartition.shard(OtlpPartition.traceHash(span, 0, span.length), 7)]++;
        }
        assertThat(filled)
                .satisfies(counts ->
                        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(9_500));
    }
}
