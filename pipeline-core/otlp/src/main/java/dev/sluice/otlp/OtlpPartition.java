package dev.sluice.otlp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distributes a request over shards by a key, so that all data of a key comes to the same shard whatever request it came in: traces
 * by trace id, metrics and logs by resource. Order within a shard stays, unknown fields stay.
 */
public final class OtlpPartition {
    private static final int SEVERAL = -1;
    private static final int NONE = -2;

    private OtlpPartition() {}

    /** One request for each of {@code shards} shards, empty where nothing falls to it; the request itself where all does. */
    public static Bytes[] byHash(Signal signal, Bytes request, int shards) {
        Bytes[] parts = new Bytes[shards];
        Arrays.fill(parts, Bytes.EMPTY);
        int only = onlyShard(signal, request, shards);
        if (only >= 0) {
            parts[only] = request;
            return parts;
        }
        Shards outputs = new Shards(signal, request.length(), shards);
        outputs.distributor.distribute(request);
        for (int i = 0; i < shards; i++) {
            Distributor.@Nullable Output output = outputs.outputs[i];
            if (output != null) {
                parts[i] = output.finish();
            }
        }
        return parts;
    }

    /**
     * The shard that the whole request falls to, or -1 if it falls to several, or holds bytes that belong to no key. Allocates
     * nothing. An empty request falls to shard 0.
     */
    public static int onlyShard(Signal signal, Bytes request, int shards) {
        if (shards == 1) {
            return 0;
        }
        ItemPath path = path(signal);
        int only = NONE;
        for (int i = 0; i < request.sliceCount() && only != SEVERAL; i++) {
            int start = request.sliceOffset(i);
            only = onlyShard(
                    signal, request.sliceArray(i), start, start + request.sliceLength(i), path, 0, shards, only);
        }
        return only == NONE ? 0 : only;
    }

    /** A shard from 0 for a hash such as {@link #traceHash} gives. */
    public static int shard(long hash, int shards) {
        // The high bits of the product spread as well as a remainder would, without a division.
        return (int) Math.unsignedMultiplyHigh(hash, shards);
    }

    /** A hash of the trace id of the Span message in the range; of 0 without one. */
    public static long traceHash(byte[] array, int start, int end) {
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if (tag == (1 << 3 | Wire.LEN)) {
                long length = Wire.length(array, at, end);
                int id = Wire.position(length);
                return Wire.value(length) == 2 * Long.BYTES
                        ? mix(Wire.fixed64(array, id) ^ mix(Wire.fixed64(array, id + Long.BYTES)))
                        : mix(0);
            }
            at = Wire.skip(array, at, end, tag);
        }
        return mix(0);
    }

    /** A hash of the Resource message, which may be missing, within the ResourceMetrics, ResourceLogs or ResourceSpans in the range. */
    public static long resourceHash(byte[] array, int start, int end) {
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if (tag == (1 << 3 | Wire.LEN)) {
                long length = Wire.length(array, at, end);
                return hash(array, Wire.position(length), Wire.value(length));
            }
            at = Wire.skip(array, at, end, tag);
        }
        return hash(array, start, 0);
    }

    private static int onlyShard(
            Signal signal, byte[] array, int start, int end, ItemPath path, int level, int shards, int before) {
        int only = before;
        int at = start;
        while (at < end && only != SEVERAL) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            if (!path.leads(level, tag)) {
                at = Wire.skip(array, Wire.position(prefix), end, tag);
                continue;
            }
            long length = Wire.length(array, Wire.position(prefix), end);
            int body = Wire.position(length);
            at = body + Wire.value(length);
            if (path.isLast(level)) {
                int shard = shard(key(signal, array, body, at), shards);
                only = only == NONE || only == shard ? shard : SEVERAL;
            } else {
                only = onlyShard(signal, array, body, at, path, level + 1, shards, only);
            }
        }
        return only;
    }

    private static ItemPath path(Signal signal) {
        return signal == Signal.TRACES ? ItemPath.items(signal) : ItemPath.RESOURCES;
    }

    private static long key(Signal signal, byte[] array, int start, int end) {
        return signal == Signal.TRACES ? traceHash(array, start, end) : resourceHash(array, start, end);
    }

    private static long hash(byte[] array, int start, int length) {
        long hash = mix(length);
        int at = start;
        int end = start + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ Wire.fixed64(array, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 8 | Byte.toUnsignedInt(array[at]);
        }
        return mix(hash ^ rest);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private static final class Shards implements Distributor.Chooser {
        private final Signal signal;
        private final int capacity;
        private final Distributor distributor;
        private final Distributor.@Nullable Output[] outputs;

        Shards(Signal signal, int requestLength, int shards) {
            this.signal = signal;
            this.capacity = requestLength / shards + requestLength / 8;
            this.distributor = new Distributor(path(signal), this);
            this.outputs = new Distributor.Output[shards];
        }

        @Override
        public Distributor.Output choose(byte[] array, int start, int end, int size) {
            return output(shard(key(signal, array, start, end), outputs.length));
        }

        @Override
        public Distributor.Output forEmpty() {
            return output(0);
        }

        private Distributor.Output output(int shard) {
            Distributor.@Nullable Output output = outputs[shard];
            if (output == null) {
                output = distributor.output(capacity);
                outputs[shard] = output;
            }
            return output;
        }
    }
}
