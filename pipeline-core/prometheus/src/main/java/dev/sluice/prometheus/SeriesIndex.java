package dev.sluice.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * From the fingerprint of a point's wire bytes to its series. Several fingerprints may lead to one series, since senders may write the
 * same thing in several ways. Open addressing with linear probing, at most half full.
 */
public final class SeriesIndex {
    private static final int SMALLEST = 1 << 10;

    private final int maxWeight;
    /** Low and high half of the key of slot {@code i} at {@code 2i} and {@code 2i + 1}. */
    private long[] keys = new long[2 * SMALLEST];

    private @Nullable Entry[] entries = new @Nullable Entry[SMALLEST];
    private long[] seen = new long[SMALLEST];
    private int size;
    private int weight;

    /** Entries that weigh more than {@code maxWeight} together are not remembered, which costs time but no correctness. */
    public SeriesIndex(int maxWeight) {
        this.maxWeight = maxWeight;
    }

    public int size() {
        return size;
    }

    /** The entry, or null. Finding a series keeps its slot young; finding a refusal does not, so that it is looked into again. */
    public @Nullable Entry find(Fingerprint key, long now) {
        int slot = slot(keys, entries, key.low(), key.high());
        Entry entry = entries[slot];
        if (entry instanceof Known series) {
            if (series.removed()) {
                return null;
            }
            seen[slot] = now;
        }
        return entry;
    }

    public void put(Fingerprint key, Entry entry, long now) {
        int slot = slot(keys, entries, key.low(), key.high());
        Entry before = entries[slot];
        int more = entry.weight() - (before == null ? 0 : before.weight());
        if (more > 0 && more > maxWeight - weight) {
            return;
        }
        weight += more;
        if (before == null) {
            size++;
            keys[2 * slot] = key.low();
            keys[2 * slot + 1] = key.high();
        }
        entries[slot] = entry;
        seen[slot] = now;
        if (2 * size > entries.length) {
            rebuild(2 * entries.length, Long.MIN_VALUE);
        }
    }

    /** Forgets what leads to a removed series and what was last seen before the time. */
    public void sweep(long before) {
        rebuild(entries.length, before);
        int wanted = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, size)) << 2);
        if (wanted < entries.length / 2) {
            rebuild(wanted, Long.MIN_VALUE);
        }
    }

    private void rebuild(int capacity, long before) {
        long[] oldKeys = keys;
        @Nullable Entry[] oldEntries = entries;
        long[] oldSeen = seen;
        keys = new long[2 * capacity];
        entries = new @Nullable Entry[capacity];
        seen = new long[capacity];
        size = 0;
        weight = 0;
        for (int i = 0; i < oldEntries.length; i++) {
            Entry entry = oldEntries[i];
            boolean gone = entry == null || oldSeen[i] < before || (entry instanceof Known series && series.removed());
            if (!gone) {
                int slot = slot(keys, entries, oldKeys[2 * i], oldKeys[2 * i + 1]);
                keys[2 * slot] = oldKeys[2 * i];
                keys[2 * slot + 1] = oldKeys[2 * i + 1];
                entries[slot] = entry;
                seen[slot] = oldSeen[i];
                size++;
                weight += entry.weight();
            }
        }
    }

    /** The slot of the key, or the free one where it belongs. */
    private static int slot(long[] keys, @Nullable Entry[] entries, long low, long high) {
        int mask = entries.length - 1;
        int slot = (int) low & mask;
        while (entries[slot] != null && (keys[2 * slot] != low || keys[2 * slot + 1] != high)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** What a fingerprint leads to: a series, or why its points are dropped. */
    public sealed interface Entry permits Known, Drop {
        /** How many series it keeps in memory; 1 for one that keeps none, and always the same. */
        default int weight() {
            return 1;
        }
    }

    /** A series. */
    public non-sealed interface Known extends Entry {
        /** Nothing leads to it any more. */
        boolean removed();
    }
}
