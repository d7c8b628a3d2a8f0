package dev.sluice.exporters.loki;

import dev.sluice.otlp.view.ResourceView;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has been worked out of resources, by their bytes: batch after batch has the same few. For one loop. */
final class KnownResources {
    private static final int SLOTS = 64;
    /** Larger ones are rare, and not kept. */
    private static final int LARGEST = 8 * 1024;

    private final @Nullable Entry[] slots = new Entry[SLOTS];

    private static final class Entry {
        private final byte[] resource;
        private final Facts facts;

        Entry(byte[] resource, Facts facts) {
            this.resource = resource;
            this.facts = facts;
        }
    }

    /** What all items of a resource have in common. */
    static final class Facts {
        private final String stream;
        private final String tenant;
        private final byte[] metadata;
        private final int surplus;

        Facts(String stream, String tenant, byte[] metadata, int surplus) {
            this.stream = stream;
            this.tenant = tenant;
            this.metadata = metadata;
            this.surplus = surplus;
        }

        /** Of no meaning where it depends on more than the resource. */
        String stream() {
            return stream;
        }

        /** The same; empty for none. */
        String tenant() {
            return tenant;
        }

        /** Its attributes that are no labels, as fields of an entry. */
        byte[] metadata() {
            return metadata;
        }

        /** Labels that the stream has no room for. */
        int surplus() {
            return surplus;
        }
    }

    /** @param work finds the facts where they are not known */
    Facts of(ResourceView resource, Supplier<Facts> work) {
        byte[] array = resource.array();
        int start = resource.start();
        int end = start + resource.length();
        int hash = 0;
        // Every eighth byte: what differs between resources, such as the id of an instance, is longer.
        for (int i = start; i < end; i += 8) {
            hash = 31 * hash + array[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        Entry entry = slots[slot];
        if (entry != null && Arrays.equals(entry.resource, 0, entry.resource.length, array, start, end)) {
            return entry.facts;
        }
        Facts facts = work.get();
        if (end - start <= LARGEST) {
            slots[slot] = new Entry(Arrays.copyOfRange(array, start, end), facts);
        }
        return facts;
    }
}
