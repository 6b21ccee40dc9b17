package io.sipcodes.ladder;

import io.sipcodes.SipCatalog;
import io.sipcodes.jainsip.CallLadders;
import io.sipcodes.jainsip.CallLadders.CallLadder;
import io.sipcodes.jainsip.Redaction;
import io.sipcodes.jainsip.ServerLogReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints the calls of a JAIN-SIP server log as ladders, with what went wrong in words. */
public final class Ladder {

    /** All was read. */
    static final int OK = 0;

    /** What could be read was printed, but not all could be, or there is no SIP message in the file. */
    static final int INCOMPLETE = 1;

    /** The call was wrong, or the file cannot be read. */
    static final int FAILED = 2;

    private static final String USAGE = """
            usage: ladder FILE [--lang LANGUAGE] [--mermaid]

            FILE        the server log of a JAIN-SIP stack (gov.nist.javax.sip.SERVER_LOG, TRACE_LEVEL 16 or 32)
            --lang      language of the explanations: %s
            --mermaid   Mermaid sequence diagrams, fenced for Markdown, instead of plain text
            """;

    private final PrintStream out;
    private final PrintStream err;

    private Path file;
    private Locale language = Locale.ENGLISH;
    private boolean mermaid;
    private long problems;

    Ladder(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends the JVM with 0 if all was read, 1 if something in the file is broken, 2 if nothing could be done. */
    public static void main(String[] arguments) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int code = new Ladder(out, err).run(arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintStream utf8(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), false, StandardCharsets.UTF_8);
    }

    int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(usage());
            return OK;
        }
        try {
            read(arguments);
        } catch (IllegalArgumentException e) {
            err.println("ladder: " + e.getMessage());
            err.print(usage());
            return FAILED;
        }
        CallLadders ladders = new CallLadders(Redaction.standard(), language);
        try {
            ServerLogReader.read(file, ladders, this::report);
        } catch (NoSuchFileException e) {
            err.println("ladder: " + file + ": no such file");
            return FAILED;
        } catch (IOException e) {
            err.println("ladder: " + file + ": " + e);
            return FAILED;
        }
        List<CallLadder> calls = ladders.ladders();
        calls.forEach(this::print);
        if (ladders.dropped() > 0) {
            err.println(file + ": " + ladders.dropped() + " calls are left out, the oldest: there are too many");
        }
        if (calls.isEmpty()) {
            err.println(file + ": no SIP message found");
        }
        return problems > 0 || calls.isEmpty() || ladders.dropped() > 0 ? INCOMPLETE : OK;
    }

    private void read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--mermaid")) {
                mermaid = true;
            } else if (argument.equals("--lang")) {
                language = language(++i < arguments.length ? arguments[i] : "");
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(argument + " (expected: --lang or --mermaid)");
            } else if (file != null) {
                throw new IllegalArgumentException(argument + " (expected: one file)");
            } else {
                file = path(argument);
            }
        }
        if (file == null) {
            throw new IllegalArgumentException("no file (expected: one)");
        }
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Locale language(String tag) {
        Locale wanted = Locale.forLanguageTag(tag);
        return SipCatalog.standard().languages().stream()
                .filter(known -> known.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .map(known -> wanted)
                .orElseThrow(() -> new IllegalArgumentException("--lang: " + tag + " (expected: " + languages() + ")"));
    }

    private static String languages() {
        return String.join(
                ", ",
                SipCatalog.standard().languages().stream()
                        .map(Locale::toLanguageTag)
                        .toList());
    }

    private static String usage() {
        return USAGE.formatted(languages());
    }

    private void report(ServerLogReader.Problem problem) {
        problems++;
        err.println(file + ":" + problem.line() + ": " + problem.what());
    }

    private void print(CallLadder call) {
        if (mermaid) {
            out.print("```mermaid\n" + call.mermaid() + "```\n\n");
        } else {
            out.print(call.text() + "\n");
        }
    }
}
