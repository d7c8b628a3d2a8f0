package dev.sluice.exporters.prometheus;

import dev.sluice.api.Admission;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricFamily;
import dev.sluice.prometheus.MetricNames;
import dev.sluice.prometheus.MetricType;
import dev.sluice.prometheus.Sample;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.prometheus.SeriesLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All series by family and labels: makes new ones within the bound, forgets those that get no points, lists them for a scrape. */
final class SeriesStore {
    private final MetricNames names;
    private final SeriesLabels labels;
    private final MetricFamily.Header targetInfo;
    private final boolean timestamps;
    private final int maxSeries;
    private final long expirationNanos;
    private final Admission admission;
    private final TreeMap<String, Family> families = new TreeMap<>();
    /** By the labels {@code job} and {@code instance}. */
    private final Map<Map<String, String>, Target> targets = new HashMap<>();

    private int size;
    private long charged;

    SeriesStore(PrometheusExporterConfig config, Admission admission) {
        names = new MetricNames(config.strategy(), config.namespace());
        labels = new SeriesLabels(
                LabelNames.collector(config.strategy()),
                config.promoted(),
                SeriesLabels.Style.EXPOSED,
                !config.withoutScopeInfo(),
                config.constLabels());
        String prefix = config.namespace().isEmpty()
                ? ""
                : LabelNames.collector(config.strategy()).name(config.namespace()) + "_";
        targetInfo = new MetricFamily.Header(prefix + "target_info", MetricType.GAUGE, "", "Target metadata");
        timestamps = config.sendTimestamps();
        maxSeries = config.maxSeries();
        expirationNanos = config.metricExpiration().toNanos();
        this.admission = admission;
    }

    int size() {
        return size;
    }

    /** Full: a point that is not of a known series need not be looked into. */
    boolean full() {
        return size >= maxSeries;
    }

    /** The series of a point whose fingerprint is new, with the point taken in, or why it was dropped. */
    SeriesIndex.Entry open(MetricsView at, PointView point, long now) {
        Key key = key(at, point);
        if (key == null) {
            return Drop.UNTRANSLATABLE;
        }
        MetricView metric = at.metric();
        Family family = families.get(key.name);
        if (key.name.equals(targetInfo.name())
                || (family != null && family.header().type() != key.type)) {
            return Drop.CONFLICT;
        }
        Series series = family == null ? null : family.series().get(key.labels);
        if (series != null) {
            if (!series.metric().equals(metric.name())) {
                return Drop.CONFLICT;
            }
            Drop drop = series.update(point, metric.temporality(), now);
            if (drop == null) {
                // The bytes of the resource may be the news.
                target(at.resource());
            }
            return drop == null ? series : drop;
        }
        if (full()) {
            return Drop.LIMIT;
        }
        if (family == null) {
            family = new Family(new MetricFamily.Header(key.name, key.type, "", metric.description()));
        }
        Series made = Series.of(metric, family, key.labels, target(at.resource()));
        Drop drop = made.update(point, metric.temporality(), now);
        if (drop == null) {
            add(made);
        }
        return drop == null ? made : drop;
    }

    /** The series of a point whose fingerprint is new, or null. */
    @Nullable
    Series find(MetricsView at, PointView point) {
        Key key = key(at, point);
        if (key == null) {
            return null;
        }
        Family family = families.get(key.name);
        Series series = family == null ? null : family.series().get(key.labels);
        return series != null && series.metric().equals(at.metric().name()) ? series : null;
    }

    /** The sender says that the series has ended. */
    void remove(Series series) {
        Family family = series.family();
        family.series().remove(series.labels());
        if (family.series().isEmpty()) {
            families.remove(family.header().name());
        }
        forget(series);
    }

    /** Forgets what got no point for longer than the expiration. */
    void sweep(long now) {
        Iterator<Family> all = families.values().iterator();
        while (all.hasNext()) {
            Family family = all.next();
            family.series().values().removeIf(series -> {
                boolean gone = expired(series.updated(), now);
                if (gone) {
                    forget(series);
                }
                return gone;
            });
            if (family.series().isEmpty()) {
                all.remove();
            }
        }
        targets.values().removeIf(target -> expired(target.updated(), now));
    }

    void clear() {
        families.clear();
        targets.clear();
        size = 0;
        admission.release(charged);
        charged = 0;
    }

    /** What there is to show, by name. The samples of a part are those of the moment when it is opened, without what expired. */
    List<Part> parts(Predicate<String> wanted, LongSupplier clock) {
        List<Part> parts = new ArrayList<>();
        boolean info = !wanted.test(targetInfo.name());
        for (Family family : families.values()) {
            String name = family.header().name();
            if (!info && name.compareTo(targetInfo.name()) > 0) {
                parts.add(new Part(targetInfo, () -> targetSamples(clock)));
                info = true;
            }
            if (wanted.test(name)) {
                parts.add(new Part(family.header(), () -> samples(family, clock)));
            }
        }
        if (!info) {
            parts.add(new Part(targetInfo, () -> targetSamples(clock)));
        }
        return parts;
    }

    /** One family of a scrape. */
    record Part(MetricFamily.Header header, Supplier<Iterator<Sample>> samples) {}

    private Iterator<Sample> targetSamples(LongSupplier clock) {
        long now = clock.getAsLong();
        return targets.values().stream()
                .filter(target -> !expired(target.updated(), now))
                .<Sample>map(target -> new Sample.Value(target.labels(), 1))
                .toList()
                .iterator();
    }

    private Iterator<Sample> samples(Family family, LongSupplier clock) {
        long now = clock.getAsLong();
        // A copy, since points may come between two pieces of an answer.
        return List.copyOf(family.series().values()).stream()
                .filter(series -> !series.removed() && !expired(series.updated(), now))
                .map(series -> series.sample(timestamps))
                .iterator();
    }

    private boolean expired(long updated, long now) {
        return now - updated > expirationNanos;
    }

    private void add(Series series) {
        Family family = series.family();
        families.putIfAbsent(family.header().name(), family);
        family.series().put(series.labels(), series);
        size++;
        series.keep(series.cost());
        admission.charge(series.kept());
        charged += series.kept();
    }

    private void forget(Series series) {
        series.remove();
        size--;
        admission.release(series.kept());
        charged -= series.kept();
    }

    private @Nullable Target target(ResourceView resource) {
        Labels shown = labels.target(resource);
        if (shown == null) {
            return null;
        }
        Target target = targets.computeIfAbsent(labels.jobAndInstance(resource), identity -> new Target(shown));
        target.replace(shown);
        return target;
    }

    /** What a point is in Prometheus. */
    private record Key(String name, MetricType type, Labels labels) {}

    /** Null if the point cannot be told in Prometheus's terms. */
    private @Nullable Key key(MetricsView at, PointView point) {
        MetricView metric = at.metric();
        MetricType type = MetricType.of(metric);
        try {
            String name = names.name(metric.name(), metric.unit(), MetricNames.Kind.of(metric));
            Labels own = labels.of(point.attributes(), at.resource(), at.scope());
            return clashes(own, type) ? null : new Key(name, type, own);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether a label has the name of one that the text formats write beside the series' own. */
    private static boolean clashes(Labels labels, MetricType type) {
        String taken = type == MetricType.HISTOGRAM ? "le" : type == MetricType.SUMMARY ? "quantile" : "";
        for (int i = 0; i < labels.size(); i++) {
            if (labels.name(i).equals(taken)) {
                return true;
            }
        }
        return false;
    }
}
