package dev.sluice.bench;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpItems;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.OtlpPartition;
import dev.sluice.otlp.OtlpSplit;
import dev.sluice.otlp.OtlpValidator;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Requests that are handled without being decoded. Each operation is one request. */
public class WireBenchmark {
    private static final int SHARDS = 4;
    /** As many as the batch processor merges by default. */
    private static final int MERGED = 82;

    /** Every byte is walked: what a receiver does. */
    @Benchmark
    public int validate(Payload payload) {
        return OtlpValidator.validate(payload.signal, payload.bytes);
    }

    @Benchmark
    public int count(Payload payload) {
        return OtlpItems.count(payload.signal, payload.bytes);
    }

    /** The keys of all items are hashed, as far as the second that belongs elsewhere. */
    @Benchmark
    public int onlyShard(Payload payload) {
        return OtlpPartition.onlyShard(payload.signal, payload.bytes, SHARDS);
    }

    /** Allocates the parts, which are copies. */
    @Benchmark
    public Bytes[] partition(Payload payload) {
        return OtlpPartition.byHash(payload.signal, payload.bytes, SHARDS);
    }

    /** Allocates the halves, which are copies. */
    @Benchmark
    public List<Bytes> split(Payload payload) {
        return OtlpSplit.split(payload.signal, payload.bytes, Payload.ITEMS / 2);
    }

    /** One of 82 requests that become one. */
    @Benchmark
    @OperationsPerInvocation(MERGED)
    public Bytes merge(Payload payload) {
        return OtlpMerge.merge(Collections.nCopies(MERGED, payload.bytes));
    }
}
