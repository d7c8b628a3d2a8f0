package dev.sluice.otlp.view;

/** The elements of an array value. */
public final class ValuesView {
    private final Repeated elements = new Repeated();
    private final AnyValueView value = new AnyValueView();

    ValuesView(byte[] array, int start, int end) {
        elements.reset(array, start, end, 1);
    }

    public boolean next() {
        if (!elements.next()) {
            return false;
        }
        value.reset(elements.array(), elements.start(), elements.end());
        return true;
    }

    public AnyValueView value() {
        return value;
    }
}
