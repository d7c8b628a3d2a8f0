package dev.sluice.cli.log;

import dev.sluice.gotext.GoFileError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Opens what {@code output_paths} names: {@code stdout}, {@code stderr}, paths of files and their {@code file:} URIs. */
final class LogPaths {
    private LogPaths() {}

    /** Files are appended to, and made if they are missing. Nothing stays open if one cannot be opened, which is told in the Collector's words. */
    static List<OutputStream> open(List<String> paths) throws IOException {
        List<OutputStream> outputs = new ArrayList<>();
        try {
            for (String path : paths) {
                outputs.add(open(path));
            }
        } catch (IOException e) {
            outputs.forEach(LogPaths::close);
            throw e;
        }
        return outputs;
    }

    /** The standard streams stay open: others write to them too. */
    static void close(OutputStream output) {
        if (output instanceof PrintStream) {
            return;
        }
        try {
            output.close();
        } catch (IOException e) {
            System.err.println("The log could not be closed: " + e.getMessage());
        }
    }

    private static OutputStream open(String path) throws IOException {
        return switch (path) {
            case "stdout" -> System.out;
            case "stderr" -> System.err;
            default -> file(path, Path.of(path.startsWith("file://") ? path.substring("file://".length()) : path));
        };
    }

    private static OutputStream file(String path, Path file) throws IOException {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IOException("open sink \"" + path + "\": open " + file + ": " + GoFileError.reason(e), e);
        }
    }
}
