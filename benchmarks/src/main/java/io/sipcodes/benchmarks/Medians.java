package io.sipcodes.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of figures, of which the middle counts. For one thread. */
public final class Medians {

    private final List<List<Double>> columns = new ArrayList<>();

    /**
     * Begins without rows.
     *
     * @param columns how many
     */
    public Medians(int columns) {
        for (int i = 0; i < columns; i++) {
            this.columns.add(new ArrayList<>());
        }
    }

    /**
     * Adds a row.
     *
     * @param row a figure for each column
     */
    public void add(double... row) {
        for (int i = 0; i < row.length; i++) {
            columns.get(i).add(row[i]);
        }
    }

    /**
     * {@return the median}
     *
     * @param column from 0 on
     */
    public double median(int column) {
        return at(column, 0.5);
    }

    /**
     * {@return between which values the middle half lies}
     *
     * @param column from 0 on
     */
    public String spread(int column) {
        return String.format(Locale.ROOT, "%.1f to %.1f", at(column, 0.25), at(column, 0.75));
    }

    /**
     * {@return the value that a quarter of all is below: what the machine does while nothing else holds it up}
     *
     * @param column from 0 on
     */
    public double lowerQuartile(int column) {
        return at(column, 0.25);
    }

    private double at(int column, double part) {
        double[] sorted = columns.get(column).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[(int) Math.round((sorted.length - 1) * part)];
    }
}
