package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.MessageView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;

/**
 * Applies a {@link ViewRule} to every span, log record or metric of a request. Scopes and resources that lose all of theirs go as well.
 */
public final class ViewEditor {
    private final Rewriter rewriter;

    private ViewEditor(ItemPath path, Rewriter.Rule pass) {
        this.rewriter = new Rewriter(path, pass);
    }

    public static ViewEditor ofSpans(ViewRule<SpanView> rule) {
        return new ViewEditor(ItemPath.items(Signal.TRACES), new Pass<>(rule, new SpanView()));
    }

    public static ViewEditor ofLogRecords(ViewRule<LogRecordView> rule) {
        return new ViewEditor(ItemPath.items(Signal.LOGS), new Pass<>(rule, new LogRecordView()));
    }

    /** For metrics as a whole; their data points are {@link PointEditor}'s. */
    public static ViewEditor ofMetrics(ViewRule<MetricView> rule) {
        return new ViewEditor(ItemPath.METRICS, new Pass<>(rule, new MetricView()));
    }

    /** The changed request, empty if nothing stays; the same object if nothing changed. */
    public Bytes edit(Bytes request) {
        return rewriter.rewrite(request);
    }

    /** How many of them the last request lost. */
    public int dropped() {
        return rewriter.dropped();
    }

    private static final class Pass<V extends MessageView> implements Rewriter.Rule {
        private final ViewRule<V> rule;
        private final V item;
        private final ResourceView resource = new ResourceView();
        private final ScopeView scope = new ScopeView();

        Pass(ViewRule<V> rule, V item) {
            this.rule = rule;
            this.item = item;
        }

        @Override
        public void enter(int level, byte[] array, int start, int end) {
            (level == 0 ? resource : scope).reset(array, start, end);
        }

        @Override
        public boolean keep(byte[] array, int start, int end, Patch patch) {
            item.reset(array, start, end);
            return rule.keep(item, resource, scope, patch);
        }
    }
}
