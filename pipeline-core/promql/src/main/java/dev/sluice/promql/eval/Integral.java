package dev.sluice.promql.eval;

/** {@code integral}: the area under a series by left points (0), right points (1) or trapezoids (2). NaN counts as 0. */
final class Integral {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int TRAPEZOIDS = 2;

    private Integral() {}

    static void apply(Window w, RangeCall call) {
        if (!OverTime.floats(w, call)) {
            return;
        }
        int strategy = TRAPEZOIDS;
        if (call.parameters().length > 0) {
            double wanted = call.parameters()[0];
            if (wanted == LEFT || wanted == RIGHT || wanted == TRAPEZOIDS) {
                strategy = (int) wanted;
            } else {
                call.note(Notes.invalidIntegralStrategy(wanted, call.parameterSpan(0)));
            }
        }
        double sum = 0;
        double compensation = 0;
        for (int i = 1; i < w.floats(); i++) {
            double seconds = (w.time(i) - w.time(i - 1)) / 1000.0;
            double left = number(w.value(i - 1));
            double right = number(w.value(i));
            double height = strategy == LEFT ? left : strategy == RIGHT ? right : middle(left, right);
            double rest = strategy == TRAPEZOIDS ? lost(left, right, height) : 0;
            if (height != 0 || rest != 0) {
                double area = height * seconds;
                double total = sum + area;
                compensation = Kahan.compensation(sum, area, total, compensation + rest * seconds);
                sum = total;
            }
        }
        call.give(Double.isInfinite(sum) ? sum : sum + compensation);
    }

    private static double number(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** What rounding took from the middle of a great and a small number. */
    private static double lost(double a, double b, double middle) {
        return Math.abs(a) >= Math.abs(b) ? a / 2 - middle + b / 2 : b / 2 - middle + a / 2;
    }

    private static double middle(double a, double b) {
        double sum = a + b;
        boolean overflow = Double.isInfinite(sum) && !Double.isInfinite(a) && !Double.isInfinite(b);
        return overflow ? a / 2 + b / 2 : sum / 2;
    }
}
