package dev.sluice.slo.series;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.rules.SampleSink;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.series.WindowSums;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The series that rules read, each as far back as one of them looks, within bounds. Takes what intake loops send and what rules write. For one
 * thread, the loop of the rules. Times are milliseconds since 1970.
 */
public final class SeriesStore implements SeriesSource, SampleSink {
    /** A sample so far ahead of the clock is refused, as Prometheus does ({@code maxAheadTime} of its scrape loop and its remote write handler). */
    private static final long MAX_AHEAD = 10 * 60_000L;

    /** Milliseconds between two looks for series to forget. */
    private static final long SWEEP = 30_000;

    private final Interests interests;
    private final int maxSeries;
    private final int maxSamples;
    private final StoreListener listener;

    private final MemorySeries memory = new MemorySeries();
    private final IdentityHashMap<Series, Interest> kept = new IdentityHashMap<>();
    private final Map<Labels, DeltaSum> sums = new HashMap<>();
    private final EventCounts counts = new EventCounts();
    private final Panes panes;
    private final Exemplars exemplars = new Exemplars();
    private long newest = Long.MIN_VALUE;
    private long sweptAt = Long.MIN_VALUE;

    public SeriesStore(RuleSelectors selectors, LimitsConfig limits, StoreListener listener) {
        this.interests = new Interests(selectors);
        this.maxSeries = limits.maxSeries();
        this.maxSamples = limits.maxSamplesPerSeries();
        this.listener = listener;
        this.panes = new Panes(selectors, limits, listener);
    }

    /** Takes the samples of a request. {@code now} is the time of the clock. */
    public void accept(SampleBatch batch, long now) {
        int value = 0;
        for (int i = 0; i < batch.points.length; i++) {
            PointSeries point = batch.points[i];
            long time = batch.times[i];
            if (point.values() == PointSeries.Values.COUNT) {
                // An event of the future would hide those that come until then.
                time = Math.min(time, now);
            }
            boolean future = time > now + MAX_AHEAD;
            if (!future) {
                newest = Math.max(newest, time);
            }
            for (int j = 0; j < point.size(); j++, value++) {
                if (future) {
                    listener.dropped(SampleLoss.FUTURE);
                } else {
                    take(
                            point.series(j),
                            point.values(),
                            time,
                            batch.starts[i],
                            batch.values[value],
                            batch.histogram(value));
                }
            }
        }
        for (SampleBatch.Exemplified exemplified : batch.exemplars) {
            Series series = exemplified.series().series;
            if (series != null && !series.removed()) {
                exemplars.put(exemplified);
            }
        }
        batch.ended.forEach(this::end);
    }

    private void take(
            SeriesRef ref,
            PointSeries.Values values,
            long time,
            long start,
            double value,
            @Nullable NativeHistogram histogram) {
        Series series = resolve(ref, values);
        if (series == null) {
            return;
        }
        switch (values) {
            case SHOWN -> add(series, ref.interest, time, start, value, histogram);
            case DELTA -> addDelta(series, ref, time, start, value, histogram);
            case COUNT -> count(series, ref.interest, time, value);
        }
    }

    private void addDelta(
            Series series, SeriesRef ref, long time, long start, double delta, @Nullable NativeHistogram histogram) {
        DeltaSum sum = ref.sum;
        if (sum == null) {
            return;
        }
        if (Series.stale(delta)) {
            sum.end();
            add(series, ref.interest, time, 0, delta, null);
            return;
        }
        SampleLoss loss = sum.add(start, time, delta, histogram);
        if (loss == null) {
            add(series, ref.interest, time, sum.start(), sum.value(), sum.histogram());
        } else {
            listener.dropped(loss);
        }
    }

    private void count(Series series, Interest interest, long event, double increment) {
        long time = EventCounts.sampleTime(event);
        if (series.size() == 0) {
            add(series, interest, time - EventCounts.RESOLUTION, 0, 0, null);
        }
        double total = EventCounts.total(series) + increment;
        if (EventCounts.covers(series, time)) {
            series.replaceLast(total);
        } else {
            add(series, interest, time, 0, total, null);
        }
        counts.seen(series, time);
    }

    /** The series, made if there is room for it, else {@code null}. */
    private @Nullable Series resolve(SeriesRef ref, PointSeries.Values values) {
        Series known = ref.series;
        if (known != null && !known.removed()) {
            return known;
        }
        Series found = open(ref.labels(), ref.interest);
        ref.series = found;
        ref.sum = found != null && values == PointSeries.Values.DELTA
                ? sums.computeIfAbsent(found.labels(), l -> new DeltaSum())
                : null;
        return found;
    }

    private @Nullable Series open(Labels labels, Interest interest) {
        Series known = memory.find(labels);
        if (known != null) {
            return known;
        }
        if (memory.size() >= maxSeries) {
            interest.rules().forEach(listener::rejected);
            return null;
        }
        Series made = memory.series(labels);
        kept.put(made, interest);
        panes.open(made, interest, null);
        return made;
    }

    private boolean add(
            Series series,
            Interest interest,
            long time,
            long start,
            double value,
            @Nullable NativeHistogram histogram) {
        if (series.size() > 0) {
            long last = series.time(series.to() - 1);
            if (time <= last - interest.retention()) {
                listener.dropped(SampleLoss.LATE);
                return false;
            }
            if (panes.foldUntil(series, interest, Math.max(last, time) - interest.hold())) {
                series.dropUntil(Math.max(last, time) - interest.retention());
            }
            if (series.size() >= maxSamples) {
                listener.dropped(SampleLoss.OVERFLOW);
                if (time < series.time(series.from())) {
                    return false;
                }
                long oldest = series.time(series.from());
                panes.fold(series, oldest);
                series.dropUntil(oldest);
            }
        }
        if (!series.add(time, start, value, histogram)) {
            listener.dropped(SampleLoss.DUPLICATE);
            return false;
        }
        return true;
    }

    private void end(SampleBatch.Ended ended) {
        for (Series series : memory.named(ended.labels().metricName())) {
            if (isOneOf(series.labels(), ended)) {
                DeltaSum sum = sums.get(series.labels());
                if (sum != null) {
                    sum.end();
                }
                add(series, interest(series), ended.time(), 0, Series.STALE, null);
            }
        }
    }

    private static boolean isOneOf(Labels labels, SampleBatch.Ended ended) {
        if (labels.size() != ended.labels().size() + 1
                || labels.get(ended.varying()).isEmpty()) {
            return false;
        }
        for (int i = 0; i < ended.labels().size(); i++) {
            if (!labels.get(ended.labels().name(i)).equals(ended.labels().value(i))) {
                return false;
            }
        }
        return true;
    }

    private Interest interest(Series series) {
        Interest found = kept.get(series);
        if (found == null) {
            throw new IllegalStateException("not a series of this store: " + series);
        }
        return found;
    }

    /** Takes a sample that a rule has written. What no rule reads is not kept, and counts as written. */
    @Override
    public boolean append(Labels labels, long time, double value, @Nullable NativeHistogram histogram) {
        if (!interests.mayRead(labels.metricName())) {
            return true;
        }
        Series known = memory.find(labels);
        if (known != null) {
            return add(known, interest(known), time, 0, value, histogram);
        }
        Interest interest = interests.of(labels);
        if (interest == null) {
            return true;
        }
        Series made = open(labels, interest);
        return made != null && add(made, interest, time, 0, value, histogram);
    }

    @Override
    public List<Series> select(List<Matcher> matchers, long after, long until) {
        return memory.select(matchers, after, until);
    }

    @Override
    public @Nullable WindowSums sums(WindowSum sum) {
        return panes.sums(sum);
    }

    /** Before evaluations at that time: tells counts again that did not change, and now and then forgets series that have ended. */
    public void settle(long time) {
        counts.beat(time, (series, at, total) -> add(series, interest(series), at, 0, total, null));
        if (time >= sweptAt + SWEEP || sweptAt == Long.MIN_VALUE) {
            sweptAt = time;
            if (!panes.resting()) {
                memory.removeIf(series -> forgets(series, time));
                panes.sweep(time);
            }
        }
    }

    private boolean forgets(Series series, long time) {
        if (!expired(series, interest(series), time)) {
            return false;
        }
        kept.remove(series);
        panes.forget(series);
        sums.remove(series.labels());
        counts.remove(series);
        exemplars.remove(series.labels());
        return true;
    }

    private boolean expired(Series series, Interest interest, long time) {
        if (series.size() == 0) {
            return true;
        }
        int last = series.to() - 1;
        long since = counts.counts(series) ? counts.lastEvent(series) : series.time(last);
        return since <= time - (Series.stale(series.value(last)) ? interest.endedExpiry() : interest.expiry());
    }

    /**
     * Goes on with the samples of another store, as far as the rules of this one read them: after the rules were changed. The other is not to be
     * used any more.
     */
    public void takeOver(SeriesStore older) {
        restore(
                older.all().stream().map(older::save).filter(Objects::nonNull).toList(),
                older.savePanes(),
                older.newest);
    }

    /** All series there are now, each of which may go at any time; not to be changed. */
    public List<Series> all() {
        return List.copyOf(memory.all());
    }

    /** What is to outlive the store of a series; null if it is no more. */
    public @Nullable SavedSeries save(Series series) {
        if (series.removed()) {
            return null;
        }
        Long lastEvent = counts.counts(series) ? counts.lastEvent(series) : null;
        return new SavedSeries(series, sums.get(series.labels()), lastEvent, panes.cursor(series));
    }

    /** What is to outlive the store of sums over long windows. */
    public SavedPanes savePanes() {
        return panes.save();
    }

    /**
     * While a save goes on, nothing is moved from samples to sums and no series is forgotten: what is written of the ones and of the others has to be of one
     * moment.
     */
    public void rest(boolean whether) {
        panes.rest(whether);
    }

    /**
     * Goes on with series of a store from before a restart, as far as a rule reads them and there is room.
     *
     * @param newest {@link #newest} as it was then
     */
    public void restore(List<SavedSeries> saved, SavedPanes savedPanes, long newest) {
        panes.restore(savedPanes);
        saved.forEach(this::restore);
        this.newest = Math.max(this.newest, newest);
    }

    private void restore(SavedSeries saved) {
        Series series = saved.series();
        Interest interest = interests.of(series.labels());
        if (interest == null || memory.size() >= maxSeries || !memory.adopt(series)) {
            return;
        }
        kept.put(series, interest);
        panes.open(series, interest, saved.cursor());
        if (saved.sum() != null) {
            sums.put(series.labels(), saved.sum());
        }
        if (saved.lastEvent() != null) {
            counts.seen(series, saved.lastEvent());
        }
    }

    /** The time of the newest sample that came from an intake loop. */
    public long newest() {
        return newest;
    }

    public int size() {
        return memory.size();
    }

    /** How many groups the sums over long windows have. */
    public int groups() {
        return panes.size();
    }

    /** About how many bytes the series hold; looks at every one. */
    public long bytes() {
        return memory.bytes() + panes.bytes();
    }

    /** The last exemplar of a series. */
    public @Nullable Exemplar exemplar(Labels series) {
        return exemplars.of(series);
    }

    /**
     * An exemplar that shows what an alert is about: of the series that the rule reads, with the alert's labels where both have them, that of the
     * largest value.
     *
     * @param notBefore older ones do not count
     */
    public @Nullable Exemplar exemplar(WatchedRule rule, Labels alert, long notBefore) {
        return exemplars.largest(rule, alert, notBefore);
    }
}
