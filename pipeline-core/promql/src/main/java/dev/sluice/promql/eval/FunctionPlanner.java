package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.HistogramVariance;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Names;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.Span;
import dev.sluice.promql.syntax.ValueType;
import dev.sluice.promql.syntax.VectorSelector;
import dev.sluice.promql.text.GoMath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the nodes of function calls. */
final class FunctionPlanner {
    private static final ScalarNode ONE = (time, run) -> 1;
    private static final ScalarNode LEAST = (time, run) -> Double.NEGATIVE_INFINITY;
    private static final ScalarNode GREATEST = (time, run) -> Double.POSITIVE_INFINITY;

    private final Planner planner;

    FunctionPlanner(Planner planner) {
        this.planner = planner;
    }

    ScalarNode scalar(Call call) {
        List<Expr> arguments = call.arguments();
        return switch (call.function().name()) {
            case "time" -> (time, run) -> time / 1000.0;
            case "pi" -> (time, run) -> Math.PI;
            case "start" -> (time, run) -> run.start() / 1000.0;
            case "end" -> (time, run) -> run.end() / 1000.0;
            case "range" -> (time, run) -> (run.end() - run.start()) / 1000.0;
            case "step" -> (time, run) -> run.overRange() ? run.step() / 1000.0 : 0;
            case "max_of" -> {
                ScalarNode a = planner.scalar(arguments.get(0));
                ScalarNode b = planner.scalar(arguments.get(1));
                yield (time, run) -> GoMath.max(a.scalar(time, run), b.scalar(time, run));
            }
            case "min_of" -> {
                ScalarNode a = planner.scalar(arguments.get(0));
                ScalarNode b = planner.scalar(arguments.get(1));
                yield (time, run) -> GoMath.min(a.scalar(time, run), b.scalar(time, run));
            }
            case "scalar" -> {
                VectorNode vector = planner.vector(Planner.unwrap(arguments.getFirst()));
                yield (time, run) -> only(vector.vector(time, run));
            }
            default -> throw new IllegalArgumentException("not a scalar: " + call);
        };
    }

    /** The only float of a vector, or NaN. */
    private static double only(Vector vector) {
        double found = Double.NaN;
        int floats = 0;
        for (int i = 0; i < vector.size(); i++) {
            if (vector.histogram(i) == null) {
                found = vector.value(i);
                floats++;
            }
        }
        return floats == 1 ? found : Double.NaN;
    }

    VectorNode vector(Call call) {
        String name = call.function().name();
        List<Expr> arguments = call.arguments().stream().map(Planner::unwrap).toList();
        if (name.equals("absent_over_time")) {
            return absent(range(call, arguments, 0), arguments.getFirst());
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).type() == ValueType.MATRIX) {
                return range(call, arguments, i);
            }
        }
        DoubleUnaryOperator operator = MathFunctions.find(name);
        if (operator != null) {
            return ElementNodes.floats(planner.vector(arguments.getFirst()), operator);
        }
        DoubleUnaryOperator date = DateFunctions.find(name);
        if (date != null) {
            return ElementNodes.floats(
                    arguments.isEmpty()
                            ? number((time, run) -> Math.floorDiv(time, 1000L))
                            : planner.vector(arguments.getFirst()),
                    date);
        }
        return other(call, name, arguments);
    }

    private VectorNode other(Call call, String name, List<Expr> arguments) {
        return switch (name) {
            case "vector" -> number(planner.scalar(arguments.getFirst()));
            case "absent" -> absent(planner.vector(arguments.getFirst()), arguments.getFirst());
            case "timestamp" -> ElementNodes.timestamp(sampled(arguments.getFirst()));
            case "start_timestamp" -> ElementNodes.startTimestamp(sampled(arguments.getFirst()));
            case "clamp" ->
                ElementNodes.clamp(
                        planner.vector(arguments.get(0)),
                        planner.scalar(arguments.get(1)),
                        planner.scalar(arguments.get(2)));
            case "clamp_min" ->
                ElementNodes.clamp(planner.vector(arguments.get(0)), planner.scalar(arguments.get(1)), GREATEST);
            case "clamp_max" ->
                ElementNodes.clamp(planner.vector(arguments.get(0)), LEAST, planner.scalar(arguments.get(1)));
            case "round" ->
                ElementNodes.round(
                        planner.vector(arguments.get(0)),
                        arguments.size() > 1 ? planner.scalar(arguments.get(1)) : ONE);
            case "sort", "sort_desc" ->
                new SortNode(planner.vector(arguments.getFirst()), null, name.equals("sort_desc"), call.span());
            case "sort_by_label", "sort_by_label_desc" ->
                new SortNode(
                        planner.vector(arguments.getFirst()),
                        strings(arguments, 1),
                        name.equals("sort_by_label_desc"),
                        call.span());
            case "label_replace" -> labelReplace(arguments);
            case "label_join" -> labelJoin(arguments);
            case "info" -> info(call, arguments);
            default -> histogram(name, arguments);
        };
    }

    private VectorNode histogram(String name, List<Expr> arguments) {
        return switch (name) {
            case "histogram_count" ->
                ElementNodes.histograms(planner.vector(arguments.getFirst()), NativeHistogram::count);
            case "histogram_sum" -> ElementNodes.histograms(planner.vector(arguments.getFirst()), NativeHistogram::sum);
            case "histogram_avg" ->
                ElementNodes.histograms(planner.vector(arguments.getFirst()), h -> h.sum() / h.count());
            case "histogram_stdvar" ->
                ElementNodes.histograms(planner.vector(arguments.getFirst()), HistogramVariance::of);
            case "histogram_stddev" ->
                ElementNodes.histograms(planner.vector(arguments.getFirst()), h -> Math.sqrt(HistogramVariance.of(h)));
            case "histogram_fraction" ->
                new HistogramFractionNode(
                        planner.scalar(arguments.get(0)),
                        planner.scalar(arguments.get(1)),
                        planner.vector(arguments.get(2)),
                        arguments.get(2).span());
            case "histogram_quantile" ->
                new HistogramQuantileNode(
                        planner.vector(arguments.get(1)),
                        arguments.get(1).span(),
                        List.of(planner.scalar(arguments.get(0))),
                        List.of(arguments.get(0).span()),
                        null);
            case "histogram_quantiles" ->
                new HistogramQuantileNode(
                        planner.vector(arguments.get(0)),
                        arguments.get(0).span(),
                        arguments.subList(2, arguments.size()).stream()
                                .map(planner::scalar)
                                .toList(),
                        arguments.subList(2, arguments.size()).stream()
                                .map(Expr::span)
                                .toList(),
                        Planner.string(arguments.get(1)));
            default -> throw new IllegalArgumentException("not a function of vectors: " + name);
        };
    }

    /** A selector gives the times of its samples only where nothing stands around it. */
    private VectorNode sampled(Expr argument) {
        return argument instanceof VectorSelector selector
                ? new SelectorNode(selector, planner.statisticsOnly())
                : planner.vector(argument);
    }

    private static VectorNode number(ScalarNode scalar) {
        Vector out = new Vector();
        return (time, run) -> {
            out.clear().add(Labels.EMPTY, scalar.scalar(time, run), false);
            return out;
        };
    }

    private static VectorNode absent(VectorNode inner, Expr argument) {
        Labels labels = absentLabels(argument);
        Vector out = new Vector();
        return (time, run) -> {
            out.clear();
            if (inner.vector(time, run).size() == 0) {
                out.add(labels, 1, false);
            }
            return out;
        };
    }

    /** The labels that a selector wants to be equal to something; of those it names more than once none. */
    private static Labels absentLabels(Expr argument) {
        VectorSelector selector = switch (argument) {
            case VectorSelector s -> s;
            case MatrixSelector m -> m.selector();
            default -> null;
        };
        if (selector == null) {
            return Labels.EMPTY;
        }
        LabelsBuilder builder = new LabelsBuilder(Labels.EMPTY);
        Set<String> seen = new HashSet<>();
        for (Matcher matcher : selector.matchers()) {
            if (Names.metadata(matcher.name())) {
                continue;
            }
            if (matcher.type() == MatchType.EQUAL && seen.add(matcher.name())) {
                builder.set(matcher.name(), matcher.value());
            } else {
                builder.remove(matcher.name());
            }
        }
        return builder.labels();
    }

    private VectorNode range(Call call, List<Expr> arguments, int matrix) {
        String name = call.function().name();
        Expr range = arguments.get(matrix);
        VectorSelector.Extent extent =
                range instanceof MatrixSelector m ? m.selector().extent() : VectorSelector.Extent.PLAIN;
        String refusal = refusal(name, extent);
        if (refusal != null) {
            return (time, run) -> {
                throw new EvalException(refusal);
            };
        }
        List<ScalarNode> parameters = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (i != matrix) {
                parameters.add(planner.scalar(arguments.get(i)));
                spans.add(arguments.get(i).span());
            }
        }
        RangeFunction function = RangeFunction.find(name);
        if (function == null) {
            throw new IllegalArgumentException("not a function of ranges: " + name);
        }
        Span all = new Span(
                arguments.getFirst().span().start(), arguments.getLast().span().end());
        RangeCall rangeCall = new RangeCall(range.span(), all, extent, spans.toArray(Span[]::new));
        return new RangeFunctionNode(name, function, planner.matrix(range), parameters, rangeCall);
    }

    private static @Nullable String refusal(String name, VectorSelector.Extent extent) {
        String rates = "delta, increase, rate";
        return switch (extent) {
            case PLAIN -> null;
            case ANCHORED ->
                List.of("changes", "delta", "increase", "rate", "resets").contains(name)
                        ? null
                        : "anchored modifier can only be used with: changes, " + rates + ", resets - not with " + name;
            case SMOOTHED ->
                List.of("delta", "increase", "rate").contains(name)
                        ? null
                        : "smoothed modifier can only be used with: " + rates + " - not with " + name;
        };
    }

    private static List<String> strings(List<Expr> arguments, int from) {
        return arguments.subList(from, arguments.size()).stream()
                .map(Planner::string)
                .toList();
    }

    private VectorNode labelReplace(List<Expr> arguments) {
        List<String> texts = strings(arguments, 1);
        return new RelabelNode(
                planner.vector(arguments.getFirst()),
                () -> LabelChanges.replace(texts.get(0), texts.get(1), texts.get(2), texts.get(3)),
                texts.getFirst().equals(Labels.NAME));
    }

    private VectorNode labelJoin(List<Expr> arguments) {
        List<String> texts = strings(arguments, 1);
        return new RelabelNode(
                planner.vector(arguments.getFirst()),
                () -> LabelChanges.join(texts.get(0), texts.get(1), texts.subList(2, texts.size())),
                texts.getFirst().equals(Labels.NAME));
    }

    private VectorNode info(Call call, List<Expr> arguments) {
        Expr vector = arguments.getFirst();
        List<Matcher> matchers =
                arguments.size() > 1 && arguments.get(1) instanceof VectorSelector s ? s.matchers() : List.of();
        return new InfoNode(
                planner.vector(vector), new InfoReference(call.arguments().getFirst()), matchers);
    }
}
