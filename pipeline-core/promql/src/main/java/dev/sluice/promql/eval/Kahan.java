package dev.sluice.promql.eval;

/**
 * A sum with a compensation for what rounding loses: Kahan's summation with Neumaier's improvement. Source: Neumaier, "Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen" (1974); prometheus util/kahansum, also for giving up the compensation at infinity.
 */
final class Kahan {
    private double sum;
    private double compensation;

    Kahan() {}

    Kahan(double sum, double compensation) {
        this.sum = sum;
        this.compensation = compensation;
    }

    void add(double term) {
        double total = sum + term;
        compensation = compensation(sum, term, total, compensation);
        sum = total;
    }

    /** The compensation after {@code total = sum + term}. */
    static double compensation(double sum, double term, double total, double before) {
        if (Double.isInfinite(total)) {
            return 0;
        }
        return before + (Math.abs(sum) >= Math.abs(term) ? sum - total + term : term - total + sum);
    }

    double sum() {
        return sum;
    }

    double compensation() {
        return compensation;
    }

    double total() {
        return sum + compensation;
    }

    /** The sum itself where it is infinite, and the compensated sum otherwise. */
    double finiteTotal() {
        return Double.isInfinite(sum) ? sum : sum + compensation;
    }
}
