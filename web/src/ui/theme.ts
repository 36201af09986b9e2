import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import classes from './theme.module.css'

// Colours are named once, in base.css; Mantine needs the same values as tuples. Shade 8 is the
// colour itself (primaryShade), the lighter ones are grounds, shade 9 is its readable text.
const orange: MantineColorsTuple = [
  '#fff3e6',
  '#ffe6cc',
  '#ffd6ab',
  '#ffc685',
  '#ffb561',
  '#ffa845',
  '#ff9d33',
  '#ff9429',
  '#ff8a1f',
  '#8a4300',
]

const heart: MantineColorsTuple = [
  '#fbebec',
  '#f6d3d7',
  '#ecaab1',
  '#e07f8a',
  '#d55a69',
  '#c93b4e',
  '#bf2740',
  '#b81b37',
  '#b0122e',
  '#870a20',
]

const gray: MantineColorsTuple = [
  '#faf8f4',
  '#f4f1ec',
  '#ece8e1',
  '#e4dfd7',
  '#d6d1c9',
  '#b3ada5',
  '#8c857d',
  '#6b655e',
  '#4a453f',
  '#2b2622',
]

const ink: MantineColorsTuple = [
  '#f4f1ec',
  '#e4dfd7',
  '#d6d1c9',
  '#b3ada5',
  '#8c857d',
  '#6b655e',
  '#4a453f',
  '#2b2622',
  '#1a1613',
  '#000000',
]

/**
 * The Mantine theme. Use Mantine's own components with it: they come out as ours.
 * Buttons: `variant="filled"` (the one orange action of a page, default), `"default"` (outlined in
 * ink), `"subtle"` (quiet); `color="heart"` with `"default"` for what destroys.
 */
export const theme = createTheme({
  colors: { orange, heart, red: heart, gray, ink },
  primaryColor: 'orange',
  primaryShade: { light: 8, dark: 9 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  white: '#ffffff',
  black: '#1a1613',
  fontFamily: "'Figtree Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontFamily: "'Bricolage Grotesque Variable', 'Figtree Variable', system-ui, sans-serif",
    fontWeight: '700',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: 'var(--size-title)', lineHeight: '1.08' },
      h2: { fontSize: 'var(--size-section)', lineHeight: '1.15' },
      h3: { fontSize: 'var(--size-heading)', lineHeight: '1.25' },
    },
  },
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.375rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.5rem' },
  radius: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusClassName: classes.focus,
  // Plain objects rather than `Button.extend`: the theme must not pull components nobody shows yet.
  components: {
    Button: {
      classNames: { root: classes.button, label: classes.buttonLabel, inner: classes.buttonInner },
      defaultProps: { size: 'md', loaderProps: { type: 'dots' } },
    },
    ActionIcon: {
      classNames: { root: classes.actionIcon },
      defaultProps: { variant: 'subtle', color: 'ink', size: 44 },
    },
    CloseButton: { classNames: { root: classes.closeButton }, defaultProps: { size: 44 } },
    Anchor: { classNames: { root: classes.anchor } },
    Input: { classNames: { input: classes.input }, defaultProps: { size: 'md' } },
    InputWrapper: {
      classNames: {
        label: classes.inputLabel,
        description: classes.inputDescription,
        error: classes.inputError,
        required: classes.inputRequired,
      },
      defaultProps: { inputWrapperOrder: ['label', 'description', 'error', 'input'] },
    },
    NumberInput: { classNames: { control: classes.numberControl } },
    Combobox: { classNames: { dropdown: classes.dropdown, option: classes.option } },
    Popover: { classNames: { dropdown: classes.dropdown } },
    Menu: {
      classNames: { dropdown: classes.dropdown, item: classes.option },
      // Gone at once: only cards move here, and an emptied menu says nothing to a screen reader.
      defaultProps: { transitionProps: { duration: 0 } },
    },
    Checkbox: {
      classNames: { root: classes.tickRoot, input: classes.tick, label: classes.tickLabel },
      defaultProps: { size: 'md' },
    },
    Radio: {
      classNames: { root: classes.tickRoot, radio: classes.tick, label: classes.tickLabel },
      defaultProps: { size: 'md' },
    },
    Switch: {
      classNames: { track: classes.switchTrack, label: classes.tickLabel },
      defaultProps: { size: 'md', color: 'ink' },
    },
    SegmentedControl: {
      classNames: {
        root: classes.segmentRoot,
        indicator: classes.segmentIndicator,
        label: classes.segmentLabel,
      },
      defaultProps: { transitionDuration: 0 },
    },
    Tabs: { classNames: { tab: classes.tab, list: classes.tabList } },
    Modal: {
      classNames: {
        content: classes.modal,
        header: classes.modalHeader,
        title: classes.modalTitle,
        body: classes.modalBody,
        overlay: classes.overlay,
      },
      defaultProps: {
        radius: 'xl',
        centered: true,
        overlayProps: { backgroundOpacity: 0.45, color: '#1a1613' },
        transitionProps: { duration: 0 },
        // Mantine's <header> in a dialog counts as a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
    Notification: {
      classNames: { root: classes.toast, title: classes.toastTitle },
      defaultProps: { withBorder: false },
    },
    Tooltip: { classNames: { tooltip: classes.tooltip } },
    Badge: {
      classNames: { root: classes.badge },
      defaultProps: { variant: 'light', color: 'ink' },
    },
    Table: {
      classNames: {
        table: classes.table,
        th: classes.th,
        td: classes.td,
        caption: classes.caption,
      },
    },
  },
})

/** The semantic colours Mantine computes, replaced by ours where its own would fail AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-anchor': 'var(--ink)',
    '--mantine-color-error': 'var(--heart)',
    '--mantine-color-placeholder': 'var(--ink-soft)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-hover': 'var(--paper-deep)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-orange-filled': 'var(--orange)',
    '--mantine-color-orange-filled-hover': 'var(--orange-deep)',
    '--mantine-color-orange-light': 'var(--orange-soft)',
    '--mantine-color-orange-light-hover': 'var(--orange-soft)',
    '--mantine-color-orange-light-color': 'var(--ink)',
    '--mantine-color-orange-outline': 'var(--ink)',
    '--mantine-color-heart-light': 'var(--heart-soft)',
    '--mantine-color-heart-light-color': 'var(--heart)',
    '--mantine-color-ink-light': 'var(--paper-deep)',
    '--mantine-color-ink-light-hover': 'var(--paper-deep)',
    '--mantine-color-ink-light-color': 'var(--ink)',
  },
  dark: {},
})
