package io.sipcodes.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of figures, of which the middle counts. */
final class Medians {

    private final List<List<Double>> columns = new ArrayList<>();

    Medians(int columns) {
        for (int i = 0; i < columns; i++) {
            this.columns.add(new ArrayList<>());
        }
    }

    void add(double... row) {
        for (int i = 0; i < row.length; i++) {
            columns.get(i).add(row[i]);
        }
    }

    double median(int column) {
        return at(column, 0.5);
    }

    /** Between which values the middle half lies. */
    String spread(int column) {
        return String.format(Locale.ROOT, "%.1f to %.1f", at(column, 0.25), at(column, 0.75));
    }

    private double at(int column, double part) {
        double[] sorted = columns.get(column).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[(int) Math.round((sorted.length - 1) * part)];
    }
}
