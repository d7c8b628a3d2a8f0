package dev.sluice.slo.series;

import dev.sluice.slo.state.StatePart;
import dev.sluice.slo.state.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The sums over long windows as they are kept over a restart; how far each series is in them is kept with the series. */
public final class SavedPanes {
    private final long unknownUntil;
    private final List<PaneWindow.Saved> windows;

    SavedPanes(long unknownUntil, List<PaneWindow.Saved> windows) {
        this.unknownUntil = unknownUntil;
        this.windows = windows;
    }

    long unknownUntil() {
        return unknownUntil;
    }

    List<PaneWindow.Saved> windows() {
        return windows;
    }

    public StatePart part() {
        return out -> {
            out.number(unknownUntil);
            out.number(windows.size());
            return windows.stream().map(PaneWindow.Saved::part).iterator();
        };
    }

    public static SavedPanes read(StateReader in) throws IOException {
        long unknownUntil = in.number();
        List<PaneWindow.Saved> windows = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            windows.add(PaneWindow.Saved.read(in));
        }
        return new SavedPanes(unknownUntil, windows);
    }
}
