package dev.sluice.exporters.file;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All batches in one file. */
final class OneFile implements Destination {
    private final RecordFormat format;
    private final OutputFiles files;
    private final OutputFile file;

    OneFile(String path, RecordFormat format, OutputFiles files) {
        this.format = format;
        this.files = files;
        this.file = files.at(Path.of(path));
    }

    @Override
    public void open() throws IOException {
        files.makeDirectoryIfAsked(file.path());
        file.open();
    }

    @Override
    public List<Outcome> write(List<Telemetry> batches) {
        @Nullable Outcome[] outcomes = new Outcome[batches.size()];
        List<Bytes> records = new ArrayList<>(batches.size());
        int[] batchOf = new int[batches.size()];
        for (int i = 0; i < outcomes.length; i++) {
            Telemetry batch = batches.get(i);
            try {
                Bytes record = format.record(batch.signal(), batch.wire());
                batchOf[records.size()] = i;
                records.add(record);
            } catch (MalformedOtlpException e) {
                outcomes[i] = Outcome.permanent(Reason.INVALID, String.valueOf(e.getMessage()));
            }
        }
        int written = 0;
        Outcome rest = Outcome.ACCEPTED;
        try {
            while (written < records.size()) {
                written += file.write(records.subList(written, records.size()));
            }
        } catch (IOException e) {
            rest = Destination.refused(e);
        }
        for (int i = 0; i < records.size(); i++) {
            outcomes[batchOf[i]] = i < written ? Outcome.ACCEPTED : rest;
        }
        return Arrays.asList(outcomes);
    }

    @Override
    public void close() throws IOException {
        format.close();
        file.close();
    }
}
