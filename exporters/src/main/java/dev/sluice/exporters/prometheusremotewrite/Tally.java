package dev.sluice.exporters.prometheusremotewrite;

/** Counts what a request holds, and takes back what is taken back. */
final class Tally {
    private int series;
    private int samples;
    private int histograms;
    private int exemplars;
    private RequestWriter.Counts marked = RequestWriter.Counts.NONE;

    void clear() {
        series = 0;
        samples = 0;
        histograms = 0;
        exemplars = 0;
    }

    void series() {
        series++;
    }

    void sample() {
        samples++;
    }

    void histogram() {
        histograms++;
    }

    void exemplar() {
        exemplars++;
    }

    RequestWriter.Counts counts() {
        return new RequestWriter.Counts(series, samples, histograms, exemplars);
    }

    void mark() {
        marked = counts();
    }

    void rollback() {
        series = marked.series();
        samples = marked.samples();
        histograms = marked.histograms();
        exemplars = marked.exemplars();
    }
}
