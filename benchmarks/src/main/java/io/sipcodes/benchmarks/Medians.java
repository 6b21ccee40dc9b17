package io.sipcodes.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Columns of figures, of which the middle counts. For one thread. */
public final class Medians {

    static final int RESAMPLES = 10_000;

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
        return median(columns.get(column).stream());
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
     * {@return the interval of {@link #interval(List)} in words}
     *
     * @param column from 0 on
     */
    public String interval(int column) {
        double[] bounds = interval(List.of(columns.get(column)));
        return String.format(Locale.ROOT, "%.1f to %.1f", bounds[0], bounds[1]);
    }

    private double at(int column, double part) {
        double[] sorted = sorted(columns.get(column).stream());
        return sorted[(int) Math.round((sorted.length - 1) * part)];
    }

    /** {@return the median} Of an even number of values it is the mean of the two in the middle. */
    static double median(Stream<Double> values) {
        double[] sorted = sorted(values);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /**
     * {@return between which values 95 % of the medians of samples lie that are drawn with replacement, first of the
     * groups and then of the values of each: how far the median would move with other luck}
     */
    static double[] interval(List<List<Double>> groups) {
        Random random = new Random(1);
        double[] medians = sorted(Stream.generate(() ->
                        median(sample(groups, random).stream().flatMap(values -> sample(values, random).stream())))
                .limit(RESAMPLES));
        return new double[] {medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40]};
    }

    private static double[] sorted(Stream<Double> values) {
        return values.mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static <T> List<T> sample(List<T> values, Random random) {
        return Stream.generate(() -> values.get(random.nextInt(values.size())))
                .limit(values.size())
                .toList();
    }
}
