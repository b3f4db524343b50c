import type { ThemeConfig } from 'antd';
import { createStore } from './store.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const key = 'elbow.theme';

export const themeStore = createStore<ThemeChoice>(
  themeChoices.find((choice) => choice === localStorage.getItem(key)) ?? 'system',
);

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(key, choice);
  themeStore.set(choice);
}

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** What the algorithm would derive is bluer than the rest. */
const darkGrounds = {
  colorBgContainer: '#14171c',
  colorBgElevated: '#1d2128',
  colorBorder: '#3a424f',
  colorBorderSecondary: '#292f39',
};

/** Seeds of the component library; `base.css` has the same colours for what is ours. */
export function themeTokens(isDark: boolean): Pick<ThemeConfig, 'token' | 'components'> {
  return {
    token: {
      fontFamily,
      fontSize: 14,
      borderRadius: 6,
      wireframe: false,
      colorPrimary: isDark ? '#4876ee' : '#2456d6',
      colorLink: isDark ? '#8fb1ff' : '#2456d6',
      colorLinkHover: isDark ? '#b4cbff' : '#1a43ad',
      colorLinkActive: isDark ? '#b4cbff' : '#1a43ad',
      colorSuccess: isDark ? '#3fb27f' : '#1a7f4b',
      colorWarning: isDark ? '#d9a13a' : '#8f5600',
      colorError: isDark ? '#f0706a' : '#c62f2f',
      colorBgBase: isDark ? '#14171c' : '#ffffff',
      ...(isDark ? darkGrounds : {}),
      colorTextBase: isDark ? '#e6e9ef' : '#1a2130',
      colorTextDescription: isDark ? '#9aa4b5' : '#5b6577',
      colorTextTertiary: isDark ? '#9aa4b5' : '#5b6577',
      colorTextPlaceholder: isDark ? '#8791a3' : '#6b7486',
      colorSuccessBg: isDark ? '#12291f' : '#e8f5ee',
      colorWarningBg: isDark ? '#2c2411' : '#fdf3df',
      colorErrorBg: isDark ? '#331a1b' : '#fdeeee',
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Table: {
        headerBg: 'transparent',
        headerColor: isDark ? '#9aa4b5' : '#5b6577',
        headerSplitColor: 'transparent',
        headerBorderRadius: 0,
        cellFontSizeMD: 13.5,
        cellPaddingBlockMD: 8,
        cellPaddingInlineMD: 12,
      },
      Tabs: {
        horizontalMargin: '0 0 20px 0',
        itemSelectedColor: isDark ? '#8fb1ff' : '#2456d6',
        itemHoverColor: isDark ? '#b4cbff' : '#1a43ad',
      },
      Descriptions: { itemPaddingBottom: 12, labelColor: isDark ? '#9aa4b5' : '#5b6577' },
    },
  };
}
