package dev.sluice.otlp;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a request into smaller ones at item boundaries, in order; a metric may be cut between its data points. Resource, scope,
 * metric and unknown fields around the items are repeated in each part. A request that is small enough is returned as it is.
 */
public final class OtlpSplit {
    private OtlpSplit() {}

    /** Parts of {@code maxItems} spans, data points or log records, the last one smaller. {@code maxItems} is at least 1. */
    public static List<Bytes> split(Signal signal, Bytes request, int maxItems) {
        if (maxItems < 1) {
            throw new IllegalArgumentException("a part of " + maxItems + " items");
        }
        return OtlpItems.count(signal, request) <= maxItems
                ? List.of(request)
                : new Parts(signal, request, maxItems, Integer.MAX_VALUE).split();
    }

    /**
     * Parts of at most {@code maxBytes} bytes, counting some bytes too many for each; larger only where one item with what is around
     * it is.
     */
    public static List<Bytes> splitByBytes(Signal signal, Bytes request, int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("a part of " + maxBytes + " bytes");
        }
        return request.length() <= maxBytes
                ? List.of(request)
                : new Parts(signal, request, Integer.MAX_VALUE, maxBytes).split();
    }

    private static final class Parts implements Distributor.Chooser {
        private final Bytes request;
        private final int maxItems;
        private final int maxBytes;
        private final int capacity;
        private final Distributor distributor;
        private final List<Bytes> done = new ArrayList<>();
        private Distributor.Output current;
        private int items;

        Parts(Signal signal, Bytes request, int maxItems, int maxBytes) {
            this.request = request;
            this.maxItems = maxItems;
            this.maxBytes = maxBytes;
            this.capacity = Math.min(request.length(), maxBytes);
            this.distributor = new Distributor(ItemPath.items(signal), this);
            this.current = distributor.output(capacity);
        }

        List<Bytes> split() {
            distributor.distribute(request);
            done.add(current.finish());
            return done;
        }

        @Override
        public Distributor.Output choose(byte[] array, int start, int end, int size) {
            if (items == maxItems || (items > 0 && current.sizeWith(size) > maxBytes)) {
                done.add(current.finish());
                current = distributor.output(capacity);
                items = 0;
            }
            items++;
            return current;
        }

        @Override
        public Distributor.Output forEmpty() {
            return current;
        }
    }
}
