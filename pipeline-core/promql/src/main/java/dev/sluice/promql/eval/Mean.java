package dev.sluice.promql.eval;

/** A mean with compensated sums. It divides a sum, and only once that would overflow goes over to a running mean, which is less exact. */
final class Mean {
    private Kahan sum;
    private double count = 1;
    private boolean running;

    Mean(double first) {
        sum = new Kahan(first, 0);
    }

    void add(double value) {
        count++;
        if (!running) {
            double total = sum.sum() + value;
            if (!Double.isInfinite(total)) {
                sum.add(value);
                return;
            }
            running = true;
            sum = new Kahan(sum.sum() / (count - 1), sum.compensation() / (count - 1));
        }
        double weight = (count - 1) / count;
        sum = new Kahan(weight * sum.sum(), weight * sum.compensation());
        sum.add(value / count);
    }

    double value() {
        return running ? sum.total() : sum.sum() / count + sum.compensation() / count;
    }
}
