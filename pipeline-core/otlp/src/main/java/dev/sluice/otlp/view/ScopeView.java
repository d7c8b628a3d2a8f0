package dev.sluice.otlp.view;

/** The instrumentation scope that items belong to. */
public final class ScopeView extends HeadView {
    public ScopeView() {
        super(3);
    }

    public String name() {
        return head().string(1);
    }

    public String version() {
        return head().string(2);
    }
}
