package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.MatrixNode;
import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.List;

/** A function over the range of each series. */
final class RangeFunctionNode implements Nodes.VectorNode {
    private static final List<String> COUNTER_SUFFIXES = List.of("_total", "_sum", "_count", "_bucket");

    private final String name;
    private final RangeFunction function;
    private final MatrixNode matrix;
    private final List<ScalarNode> parameters;
    private final RangeCall call;
    private final boolean keepsName;
    private final boolean wantsStarts;
    private final boolean wantsCounter;
    private final Window window = new Window();
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();
    /** The metric whose name was looked at last, so that it is looked at once and not for each of its series. */
    private String lastMetric = "";

    RangeFunctionNode(
            String name, RangeFunction function, MatrixNode matrix, List<ScalarNode> parameters, RangeCall call) {
        this.name = name;
        this.function = function;
        this.matrix = matrix;
        this.parameters = parameters;
        this.call = call;
        keepsName = name.equals("last_over_time") || name.equals("first_over_time");
        wantsCounter = name.equals("rate") || name.equals("increase");
        wantsStarts = wantsCounter || name.equals("irate") || name.equals("resets");
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        lastMetric = "";
        Windows windows = matrix.windows(time, run);
        for (int i = 0; i < parameters.size(); i++) {
            call.parameters()[i] = parameters.get(i).scalar(time, run);
        }
        call.begin(time, run);
        long lookback = run.options().lookback();
        boolean starts = wantsStarts && run.options().startTimestamps();
        List<Series> series = windows.series();
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            if (!window.fill(one, windows, lookback, starts)) {
                continue;
            }
            call.next();
            function.apply(window, call);
            if (!call.given()) {
                continue;
            }
            boolean dropsName = !keepsName || windows.dropsName(i);
            Labels labels = dropsName && !run.keepsNames() ? one.labels().anonymous() : one.labels();
            out.add(labels, call.value(), call.histogram(), dropsName);
            if (wantsCounter && call.histogram() == null) {
                noteIfNoCounter(one.labels(), run);
            }
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    private void noteIfNoCounter(Labels labels, Run run) {
        String metric = labels.metricName();
        boolean byLabel = run.options().typeAndUnitLabels();
        if (metric.isEmpty() || (!byLabel && metric.equals(lastMetric))) {
            return;
        }
        lastMetric = metric;
        if (byLabel) {
            String type = labels.get(Labels.TYPE);
            if (!type.equals("counter") && !type.equals("histogram")) {
                run.note(Notes.possibleNonCounterLabel(metric, type, call.range()));
            }
        } else if (COUNTER_SUFFIXES.stream().noneMatch(metric::endsWith)) {
            run.note(Notes.possibleNonCounter(metric, call.range()));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
