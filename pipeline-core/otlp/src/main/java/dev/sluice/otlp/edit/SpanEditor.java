package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;

/** Applies a {@link SpanRule} to every span of a request. Scopes and resources that lose all of theirs go as well. */
public final class SpanEditor {
    private final Rewriter rewriter;

    public SpanEditor(SpanRule rule) {
        this.rewriter = new Rewriter(ItemPath.items(Signal.TRACES), new Pass(rule));
    }

    /** The changed request, empty if nothing stays; the same object if nothing changed. */
    public Bytes edit(Bytes request) {
        return rewriter.rewrite(request);
    }

    /** How many of them the last request lost. */
    public int dropped() {
        return rewriter.dropped();
    }

    private static final class Pass implements Rewriter.Rule {
        private final SpanRule rule;
        private final SpanView span = new SpanView();
        private final ResourceView resource = new ResourceView();
        private final ScopeView scope = new ScopeView();

        Pass(SpanRule rule) {
            this.rule = rule;
        }

        @Override
        public void enter(int level, byte[] array, int start, int end) {
            if (level == 0) {
                resource.reset(array, start, end);
            } else {
                scope.reset(array, start, end);
            }
        }

        @Override
        public boolean keep(byte[] array, int start, int end, Patch patch) {
            span.reset(array, start, end);
            return rule.keep(span, resource, scope, patch);
        }
    }
}
