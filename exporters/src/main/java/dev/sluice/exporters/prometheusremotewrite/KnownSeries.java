package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.api.Admission;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.Fingerprint;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricNames;
import dev.sluice.prometheus.MetricType;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.prometheus.SeriesLabels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The series that points belong to, by the fingerprints of the points. A bounded number is remembered. */
final class KnownSeries {
    private static final String NAME = "__name__";
    /** How a scraped type that OTLP lacks is passed on (OpenTelemetry's Prometheus compatibility specification). */
    private static final byte[] SCRAPED_TYPE = "prometheus.type".getBytes(StandardCharsets.UTF_8);

    /** So much may be left behind before looking for it is worth the effort. */
    private static final int UNTIDY = 10_000;

    private final RequestWriter writer;
    private final Admission admission;
    private final MetricNames names;
    private final SeriesLabels labels;
    private final boolean targetInfo;
    private final String targetInfoName;
    private final int maxSeries;
    private final long expirationNanos;
    private final SeriesIndex index;
    private final Map<Family.Key, Family> families = new HashMap<>();
    private final Map<Series.Key, Series> remembered = new HashMap<>();
    /** Beyond the bound; for one batch. */
    private final Map<Series.Key, Series> passing = new HashMap<>();

    private long charged;
    private long keptAfterTidying;

    KnownSeries(RemoteWriteConfig config, RequestWriter writer, Admission admission) {
        this.writer = writer;
        this.admission = admission;
        names = new MetricNames(config.strategy(), config.namespace());
        labels = new SeriesLabels(
                LabelNames.remoteWrite(config.strategy()),
                config.promoted(),
                SeriesLabels.Style.WRITTEN,
                !config.disableScopeInfo(),
                config.namedExternalLabels());
        targetInfo = config.targetInfo().enabled();
        targetInfoName = (config.namespace().isEmpty() ? "" : config.namespace() + "_") + "target_info";
        maxSeries = config.maxSeries();
        expirationNanos = config.seriesExpiration().toNanos();
        // Room for some series to be known by two fingerprints.
        index = new SeriesIndex(2 * maxSeries);
    }

    int size() {
        return remembered.size();
    }

    /** The series of the point with the fingerprint, or why there is none. */
    SeriesIndex.Entry of(Fingerprint fingerprint, MetricsView at, PointView point, long now) {
        SeriesIndex.Entry known = index.find(fingerprint, now);
        if (known != null) {
            return known;
        }
        try {
            Labels own = labels.of(point.attributes(), at.resource(), at.scope());
            Family family = family(at.metric());
            return indexed(fingerprint, clashes(own, family) ? Drop.UNTRANSLATABLE : series(family, own), now);
        } catch (IllegalArgumentException e) {
            return indexed(fingerprint, Drop.UNTRANSLATABLE, now);
        }
    }

    /** The series {@code target_info} of the resource with the fingerprint, or null if it gets none. */
    @Nullable
    Series target(Fingerprint fingerprint, ResourceView resource, long now) {
        if (!targetInfo) {
            return null;
        }
        SeriesIndex.Entry known = index.find(fingerprint, now);
        if (known == null) {
            known = indexed(fingerprint, newTarget(resource), now);
        }
        return known instanceof Series series ? series : null;
    }

    /** After each batch: lets go of what is not remembered. */
    void endBatch() {
        passing.clear();
        if (kept() > 2L * keptAfterTidying + UNTIDY) {
            tidy();
        }
    }

    /** Forgets what had no point for longer than the expiration. */
    void sweep(long now) {
        remembered.values().removeIf(series -> {
            boolean gone = now - series.updated() > expirationNanos;
            if (gone) {
                forget(series);
            }
            return gone;
        });
        index.sweep(now - expirationNanos);
        tidy();
    }

    void clear() {
        remembered.values().forEach(Series::remove);
        remembered.clear();
        families.clear();
        passing.clear();
        admission.release(charged);
        charged = 0;
    }

    /** Families, and what the writer keeps for them and for series. */
    private long kept() {
        return (long) families.size() + writer.kept();
    }

    /** Lets go of families and labels that no remembered series has: those beyond the bound leave some behind, as do bounds of histograms. */
    private void tidy() {
        Set<Family> used = new HashSet<>();
        Set<Steps> steps = Collections.newSetFromMap(new IdentityHashMap<>());
        List<LabelRun> runs = new ArrayList<>();
        for (Series series : remembered.values()) {
            Series.Key key = series.key();
            used.add(key.family());
            steps.add(series.steps());
            runs.add(key.beforeName());
            runs.add(key.beforeExtra());
            runs.add(key.rest());
        }
        families.values().retainAll(used);
        used.forEach(family -> family.forEachRun(runs::add));
        steps.forEach(some -> runs.addAll(some.labels()));
        writer.retain(runs);
        keptAfterTidying = kept();
    }

    private SeriesIndex.Entry indexed(Fingerprint fingerprint, SeriesIndex.Entry entry, long now) {
        if (!(entry instanceof Series series) || series.remembered()) {
            index.put(fingerprint, entry, now);
        }
        return entry;
    }

    private SeriesIndex.Entry newTarget(ResourceView resource) {
        try {
            Labels own = labels.target(resource);
            if (own == null) {
                return Drop.UNTRANSLATABLE;
            }
            Family.Key key = new Family.Key(targetInfoName, MetricView.Kind.EMPTY, type(MetricType.GAUGE), "");
            return series(families.computeIfAbsent(key, made -> new Family(made, "Target metadata", writer)), own);
        } catch (IllegalArgumentException e) {
            return Drop.UNTRANSLATABLE;
        }
    }

    private Series series(Family family, Labels own) {
        int name = place(own, NAME);
        int extra = family.stepLabel().isEmpty() ? own.size() : place(own, family.stepLabel());
        Series.Key key = new Series.Key(
                family, writer.run(own, 0, name), writer.run(own, name, extra), writer.run(own, extra, own.size()));
        Series known = remembered.get(key);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= maxSeries) {
            return passing.computeIfAbsent(key, made -> new Series(made, false));
        }
        Series made = new Series(key, true);
        remembered.put(key, made);
        admission.charge(made.cost());
        charged += made.cost();
        return made;
    }

    private void forget(Series series) {
        series.remove();
        admission.release(series.cost());
        charged -= series.cost();
    }

    private Family family(MetricView metric) {
        String name = names.name(metric.name(), metric.unit(), MetricNames.Kind.of(metric));
        Family.Key key = new Family.Key(name, metric.kind(), type(metric), names.unit(metric.unit()));
        Family family = families.get(key);
        if (family == null) {
            family = new Family(key, metric.description(), writer);
            families.put(key, family);
        }
        return family;
    }

    /** The first label behind the name. */
    private static int place(Labels labels, String name) {
        int i = 0;
        while (i < labels.size() && labels.name(i).compareTo(name) < 0) {
            i++;
        }
        return i;
    }

    /** Whether a label has the name of the one that parts the buckets or quantiles. */
    private static boolean clashes(Labels labels, Family family) {
        int place = place(labels, family.stepLabel());
        return place < labels.size() && labels.name(place).equals(family.stepLabel());
    }

    /** The number of the type, which a scraped metric may bring along. */
    private static int type(MetricView metric) {
        AttributesView metadata = metric.metadata();
        String scraped = metadata.find(SCRAPED_TYPE) ? metadata.value().string() : "";
        if (metric.kind() == MetricView.Kind.GAUGE && scraped.equals("unknown")) {
            return 0;
        }
        if (metric.kind() == MetricView.Kind.SUM && !metric.isMonotonic()) {
            return switch (scraped) {
                case "info" -> 6;
                case "stateset" -> 7;
                default -> type(MetricType.GAUGE);
            };
        }
        return type(MetricType.of(metric));
    }

    private static int type(MetricType type) {
        return switch (type) {
            case UNTYPED -> 0;
            case COUNTER -> Family.COUNTER;
            case GAUGE -> 2;
            case HISTOGRAM -> 3;
            case SUMMARY -> 5;
        };
    }
}
