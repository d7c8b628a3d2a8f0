package dev.sluice.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes lines to the output paths. Logback hands events over one at a time. */
final class LineAppender extends AppenderBase<ILoggingEvent> {
    private final LineForm form;
    private final LineSampler sampler;
    private final List<OutputStream> outputs;

    LineAppender(LineForm form, LineSampler sampler, List<OutputStream> outputs) {
        this.form = form;
        this.sampler = sampler;
        this.outputs = List.copyOf(outputs);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!sampler.passes(event)) {
            return;
        }
        byte[] line = form.line(event).getBytes(StandardCharsets.UTF_8);
        for (OutputStream output : outputs) {
            try {
                output.write(line);
                output.flush();
            } catch (IOException e) {
                addError("The log could not be written", e);
            }
        }
    }

    @Override
    public void stop() {
        super.stop();
        outputs.forEach(LogPaths::close);
    }
}
