package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Names;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code info}: elements with the labels of the info series, {@code target_info} if nothing else is said, that have the same {@code instance} and
 * {@code job}. Source: prometheus promql/info.go.
 */
final class InfoNode implements VectorNode {
    private static final List<String> IDENTIFYING = List.of("instance", "job");

    private final VectorNode inner;
    private final InfoReference reference;
    private final List<Matcher> nameMatchers;
    private final List<Matcher> dataMatchers;
    private final Set<String> dataLabels = new HashSet<>();
    private final List<Matcher> selection;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    /** @param matchers which info series and which of their labels are wanted */
    InfoNode(VectorNode inner, InfoReference reference, List<Matcher> matchers) {
        this.inner = inner;
        this.reference = reference;
        selection = selection(matchers);
        Map<Boolean, List<Matcher>> byPlace = selection.stream()
                .collect(Collectors.partitioningBy(m -> m.name().equals(Labels.NAME)));
        nameMatchers = byPlace.getOrDefault(true, List.of());
        dataMatchers = byPlace.getOrDefault(false, List.of());
        dataMatchers.forEach(m -> dataLabels.add(m.name()));
    }

    /** What selects the info series that the conditions ask for. */
    static List<Matcher> selection(List<Matcher> matchers) {
        List<Matcher> all = new ArrayList<>(
                matchers.stream().filter(m -> !m.name().equals(Labels.NAME)).toList());
        all.addAll(effective(
                matchers.stream().filter(m -> m.name().equals(Labels.NAME)).toList()));
        return all;
    }

    /** Conditions that only exclude names get one that includes all that end in {@code _info}. */
    private static List<Matcher> effective(List<Matcher> names) {
        if (names.isEmpty()) {
            return List.of(Matcher.equal(Labels.NAME, "target_info"));
        }
        for (Matcher matcher : names) {
            if (matcher.type() == MatchType.EQUAL || matcher.type() == MatchType.REGEX) {
                return names;
            }
        }
        List<Matcher> all = new ArrayList<>();
        all.add(new Matcher(MatchType.REGEX, Labels.NAME, ".+_info"));
        all.addAll(names);
        return all;
    }

    /** An info series, and when its sample was taken. */
    private record InfoSample(Labels labels, long time) {}

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        Vector base = inner.vector(time, run);
        Map<Labels, Map<String, InfoSample>> infos = infos(base, reference.time(time, run), run);
        for (int i = 0; i < base.size(); i++) {
            Labels own = base.labels(i);
            if (isInfo(own)) {
                out.add(base, i);
                continue;
            }
            Map<String, InfoSample> found = infos.getOrDefault(own.only(IDENTIFYING), Map.of());
            Labels enriched = found.isEmpty() ? withoutInfo(own) : enriched(own, found);
            if (enriched != null) {
                out.add(base, i);
                out.relabel(out.size() - 1, enriched, base.nameDropped(i));
            }
        }
        sameLabels.check(out);
        return out;
    }

    private boolean isInfo(Labels labels) {
        String name = labels.metricName();
        return nameMatchers.stream().allMatch(m -> m.matches(name));
    }

    /** The newest info series of each name, by what identifies the targets that occur in the vector. */
    private Map<Labels, Map<String, InfoSample>> infos(Vector base, long at, Run run) {
        Map<Labels, Map<String, InfoSample>> infos = new HashMap<>();
        for (int i = 0; i < base.size(); i++) {
            Labels target = base.labels(i).only(IDENTIFYING);
            if (target.size() > 0 && !isInfo(base.labels(i))) {
                infos.putIfAbsent(target, new TreeMap<>());
            }
        }
        if (infos.isEmpty()) {
            return infos;
        }
        long after = at - run.options().lookback();
        for (Series series : run.source().select(selection, after, at)) {
            Map<String, InfoSample> known = infos.get(series.labels().only(IDENTIFYING));
            int newest = series.after(at) - 1;
            boolean live =
                    newest >= series.from() && series.time(newest) > after && !Series.stale(series.value(newest));
            if (known == null || !live) {
                continue;
            }
            if (series.histogram(newest) != null) {
                throw new EvalException("this should be an info metric, with float samples: " + series.labels());
            }
            InfoSample info = new InfoSample(series.labels(), series.time(newest));
            known.merge(series.labels().metricName(), info, InfoNode::newer);
        }
        return infos;
    }

    private static InfoSample newer(InfoSample known, InfoSample found) {
        if (known.time == found.time) {
            throw new EvalException("found duplicate series for info metric: existing " + known.labels + " @ "
                    + known.time + ", new " + found.labels + " @ " + found.time);
        }
        return known.time > found.time ? known : found;
    }

    /** An element without info series goes where a label is wanted that it then cannot have. */
    private @Nullable Labels withoutInfo(Labels own) {
        return dataMatchers.stream().allMatch(m -> m.matches("")) ? own : null;
    }

    private Labels enriched(Labels own, Map<String, InfoSample> infos) {
        LabelsBuilder builder = new LabelsBuilder(own);
        Map<String, String> added = new HashMap<>();
        for (InfoSample info : infos.values()) {
            for (int i = 0; i < info.labels.size(); i++) {
                String name = info.labels.name(i);
                String value = info.labels.value(i);
                if (Names.metadata(name) || (!dataLabels.isEmpty() && !dataLabels.contains(name))) {
                    continue;
                }
                String before = added.get(name);
                if (before != null && !before.equals(value)) {
                    throw new EvalException("conflicting label: " + name);
                }
                if (own.get(name).isEmpty()) {
                    added.put(name, value);
                    builder.set(name, value);
                }
            }
        }
        return added.isEmpty() ? own : builder.labels();
    }
}
