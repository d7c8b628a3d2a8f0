package dev.sluice.prometheus;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Counts dropped points and warns of a kind of trouble once between two sweeps: the log tells of the kind, the counter of its size. */
public final class Drops {
    private final Map<Drop, LongConsumer> counters = new EnumMap<>(Drop.class);
    private final Set<Drop> warned = EnumSet.noneOf(Drop.class);
    private final BiConsumer<String, Drop> warn;
    private long dropped;

    /** {@code warn} gets the name of a metric that is concerned. */
    public Drops(Function<Drop, LongConsumer> counters, BiConsumer<String, Drop> warn) {
        this.warn = warn;
        for (Drop reason : Drop.values()) {
            this.counters.put(reason, counters.apply(reason));
        }
    }

    /** Before a batch. */
    public void begin() {
        dropped = 0;
    }

    /** How many points of the batch were dropped. */
    public long dropped() {
        return dropped;
    }

    /** {@code metric} is its name, asked for only where it is told. */
    public void drop(Drop reason, Supplier<String> metric) {
        dropped++;
        LongConsumer counter = counters.get(reason);
        if (counter != null) {
            counter.accept(1);
        }
        if (warned.add(reason)) {
            warn.accept(metric.get(), reason);
        }
    }

    /** It may warn again. */
    public void sweep() {
        warned.clear();
    }
}
