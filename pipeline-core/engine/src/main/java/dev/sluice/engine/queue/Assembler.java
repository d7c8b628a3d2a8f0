package dev.sluice.engine.queue;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.BatchConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpItems;
import dev.sluice.otlp.OtlpSplit;
import dev.sluice.otlp.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Merges entries of one signal until there is enough to send, and splits what is too much. Merging joins ropes, so it copies
 * nothing. Guarded by the queue's lock.
 */
final class Assembler {
    private final SendingQueue queue;
    private final Signal signal;
    private final BatchConfig config;
    private final Sizer sizer;
    private final List<String> keys;
    private final Map<List<String>, Gathering> gatherings = new HashMap<>();

    Assembler(SendingQueue queue, Signal signal, BatchConfig config, Sizer sizer) {
        this.queue = queue;
        this.signal = signal;
        this.config = config;
        this.sizer = sizer;
        keys = config.partition().metadataKeys().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Takes an entry in and appends what is now complete. {@code here} is the lane of the calling thread: timers run there. */
    void add(Entry entry, SendingQueue.Lane here, ArrayDeque<Batch> ready) {
        Gathering gathering = gatherings.computeIfAbsent(partition(entry.batch.origin()), Gathering::new);
        long due = here.context().clock().nanoTime() + config.flushTimeout().toNanos();
        if (gathering.shares.isEmpty()) {
            gathering.due = due;
        }
        gathering.add(new Share(entry, entry.batch.items()), entry.batch.wire());
        if (config.maxSize() > 0 && gathering.size > config.maxSize()) {
            split(gathering, due, ready);
        }
        if (gathering.size >= config.minSize() && !gathering.shares.isEmpty()) {
            ready.add(gathering.cut());
        }
        if (!gathering.shares.isEmpty()) {
            arm(gathering, here);
        }
    }

    /** Appends all that has gathered. */
    void flush(ArrayDeque<Batch> ready) {
        for (Gathering gathering : gatherings.values()) {
            if (!gathering.shares.isEmpty()) {
                ready.add(gathering.cut());
            }
        }
        gatherings.clear();
    }

    /** What a timer found: appends the gathering if its time has come. */
    void tick(Gathering gathering, SendingQueue.Lane here, ArrayDeque<Batch> ready) {
        gathering.armed = false;
        if (gathering.shares.isEmpty()) {
            gatherings.remove(gathering.partition, gathering);
        } else if (gathering.due - here.context().clock().nanoTime() > 0) {
            arm(gathering, here);
        } else {
            ready.add(gathering.cut());
            gatherings.remove(gathering.partition, gathering);
        }
    }

    /** One timer at a time; a batch that was cut before its time leaves it to the next. */
    private void arm(Gathering gathering, SendingQueue.Lane here) {
        if (!gathering.armed) {
            gathering.armed = true;
            long now = here.context().clock().nanoTime();
            here.context().after(Duration.ofNanos(Math.max(0, gathering.due - now)), () -> queue.tick(gathering, here));
        }
    }

    private void split(Gathering gathering, long due, ArrayDeque<Batch> ready) {
        List<Bytes> pieces = pieces(gathering.merged());
        ArrayDeque<Share> shares = new ArrayDeque<>(gathering.shares);
        Origin origin = gathering.origin();
        for (Bytes piece : pieces.subList(0, pieces.size() - 1)) {
            int items = OtlpItems.count(signal, piece);
            ready.add(new Batch(queue, Telemetry.of(signal, piece, items, origin), entries(take(shares, items))));
        }
        gathering.restart(List.copyOf(shares), pieces.getLast(), due);
    }

    private List<Bytes> pieces(Telemetry merged) {
        int max = (int) Math.min(config.maxSize(), Integer.MAX_VALUE);
        return switch (sizer) {
            case BYTES -> OtlpSplit.splitByBytes(signal, merged.wire(), max);
            case ITEMS, REQUESTS -> OtlpSplit.split(signal, merged.wire(), max);
        };
    }

    /** The first {@code items} of the shares, which it removes; a share that is cut stays with the rest. */
    private static List<Share> take(ArrayDeque<Share> shares, int items) {
        List<Share> taken = new ArrayList<>();
        int missing = items;
        while (!shares.isEmpty() && (missing > 0 || shares.getFirst().items == 0)) {
            Share share = shares.removeFirst();
            int part = Math.min(missing, share.items);
            missing -= part;
            taken.add(new Share(share.entry, part));
            if (part < share.items) {
                share.entry.parts++;
                shares.addFirst(new Share(share.entry, share.items - part));
            }
        }
        return taken;
    }

    private static List<Entry> entries(List<Share> shares) {
        return shares.stream().map(Share::entry).toList();
    }

    private List<String> partition(Origin origin) {
        return keys.isEmpty()
                ? List.of()
                : keys.stream()
                        .map(key -> origin.metadata().getOrDefault(key, ""))
                        .toList();
    }

    private long size(Bytes wire, int items) {
        return sizer == Sizer.BYTES ? wire.length() : items;
    }

    /** A run of items of an entry. */
    private record Share(Entry entry, int items) {}

    /** What has come in of one partition and was not sent yet. */
    final class Gathering {
        private final List<String> partition;
        private List<Share> shares = new ArrayList<>();
        private List<Bytes> wires = new ArrayList<>();
        private long size;
        private int items;
        private long due;
        private boolean armed;

        private Gathering(List<String> partition) {
            this.partition = partition;
        }

        private void add(Share share, Bytes wire) {
            shares.add(share);
            wires.add(wire);
            items += share.items;
            size += Assembler.this.size(wire, share.items);
        }

        private void restart(List<Share> rest, Bytes wire, long end) {
            due = end;
            shares = new ArrayList<>(rest);
            wires = new ArrayList<>(List.of(wire));
            items = rest.stream().mapToInt(Share::items).sum();
            size = Assembler.this.size(wire, items);
        }

        private Telemetry merged() {
            return Telemetry.of(signal, Bytes.concat(wires), items, origin());
        }

        /** That of the first, if all have the same; else only what they agree in. */
        private Origin origin() {
            Origin first = shares.getFirst().entry.batch.origin();
            if (shares.stream().allMatch(share -> share.entry.batch.origin().equals(first))) {
                return first;
            }
            Map<String, String> common = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                if (first.metadata().containsKey(keys.get(i))) {
                    common.put(keys.get(i), partition.get(i));
                }
            }
            return new Origin(first.transport(), "", common);
        }

        private Batch cut() {
            Batch batch = new Batch(queue, merged(), entries(shares));
            shares = new ArrayList<>();
            wires = new ArrayList<>();
            size = 0;
            items = 0;
            return batch;
        }
    }
}
