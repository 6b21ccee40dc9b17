package io.sipcodes.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Columns of figures, of which the middle counts. For one thread. */
public final class Medians {

    private static final int RESAMPLES = 2_000;

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
     * {@return between which values 95 % of the medians of samples lie that are drawn from the rows with replacement: how
     * far the median would move with other luck}
     *
     * @param column from 0 on
     */
    public String interval(int column) {
        List<Double> rows = columns.get(column);
        Random random = new Random(1);
        double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            medians[i] = at(
                    random.ints(rows.size(), 0, rows.size())
                            .mapToDouble(rows::get)
                            .toArray(),
                    0.5);
        }
        return String.format(Locale.ROOT, "%.1f to %.1f", at(medians, 0.025), at(medians, 0.975));
    }

    private double at(int column, double part) {
        return at(columns.get(column).stream().mapToDouble(Double::doubleValue).toArray(), part);
    }

    private static double at(double[] values, double part) {
        Arrays.sort(values);
        return values[(int) Math.round((values.length - 1) * part)];
    }
}
