package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.view.ResourceView;

/** Applies a {@link ResourceRule} to every resource of a request of any signal. */
public final class ResourceEditor {
    private final Rewriter rewriter;

    public ResourceEditor(ResourceRule rule) {
        this.rewriter = new Rewriter(ItemPath.RESOURCES, new Pass(rule));
    }

    /** The changed request, empty if nothing stays; the same object if nothing changed. */
    public Bytes edit(Bytes request) {
        return rewriter.rewrite(request);
    }

    private static final class Pass implements Rewriter.Rule {
        private static final int RESOURCE_FIELD = 1;

        private final ResourceRule rule;
        private final ResourceView resource = new ResourceView();
        private final Patch resourcePatch = new Patch();

        Pass(ResourceRule rule) {
            this.rule = rule;
        }

        @Override
        public void enter(int level, byte[] array, int start, int end) {
            throw new IllegalStateException("resources lie at the first level");
        }

        @Override
        public boolean keep(byte[] array, int start, int end, Patch patch) {
            resource.reset(array, start, end);
            int from = resource.start();
            resourcePatch.reset(array, from, from + resource.length());
            if (!rule.keep(resource, resourcePatch)) {
                return false;
            }
            if (!resourcePatch.isEmpty()) {
                patch.remove(RESOURCE_FIELD);
                int mark = patch.added().begin(RESOURCE_FIELD, resourcePatch.size());
                resourcePatch.writeTo(patch.added());
                patch.added().end(mark);
            }
            return true;
        }
    }
}
