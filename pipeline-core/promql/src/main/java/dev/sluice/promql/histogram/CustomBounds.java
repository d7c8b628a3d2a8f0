package dev.sluice.promql.histogram;

import java.util.Arrays;

/** Histograms whose custom bounds differ, brought to the bounds that both have. */
final class CustomBounds {
    private CustomBounds() {}

    /** The bounds in both; both rise. */
    static double[] common(double[] a, double[] b) {
        double[] found = new double[Math.min(a.length, b.length)];
        int n = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                found[n++] = a[i];
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** The counts over fewer bounds: each goes to the first that is not below its own. */
    static Buckets map(Buckets buckets, double[] bounds, double[] fewer) {
        Buckets.Builder out = new Buckets.Builder(buckets.size());
        for (int i = 0; i < buckets.size(); i++) {
            out.add(target(buckets.index(i), bounds, fewer), buckets.count(i));
        }
        return out.build();
    }

    static int target(int index, double[] bounds, double[] fewer) {
        if (index >= bounds.length) {
            return fewer.length;
        }
        int found = Arrays.binarySearch(fewer, bounds[index]);
        return found >= 0 ? found : -found - 1;
    }
}
